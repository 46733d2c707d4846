package dev.bindery.host.packages;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.OptionalLong;

/** Bytes on their way from one place to another, counted and reported. */
final class Transfer {
    private static final int BUFFER = 1 << 16;

    private final String status;
    private final Work work;
    private final long start;
    private final OptionalLong total;

    private Transfer(String status, Work work, long start, OptionalLong total) {
        this.status = status;
        this.work = work;
        this.start = start;
        this.total = total;
    }

    static Transfer of(String status, Work work) {
        return new Transfer(status, work, 0, OptionalLong.empty());
    }

    /** What was there already, in bytes. */
    Transfer startingAt(long start) {
        return new Transfer(status, work, start, total);
    }

    /** How much it will be in the end, in bytes; no more is taken. */
    Transfer of(long total) {
        return new Transfer(status, work, start, OptionalLong.of(total));
    }

    void copy(InputStream in, OutputStream out) throws IOException {
        long done = start;
        byte[] buffer = new byte[BUFFER];
        work.report(status, done, total);
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            done += n;
            if (total.isPresent() && done > total.getAsLong()) {
                throw new IOException(
                        "more than the %d bytes announced".formatted(total.getAsLong()));
            }
            out.write(buffer, 0, n);
            work.report(status, done, total);
        }
        if (total.isPresent() && done < total.getAsLong()) {
            throw new IOException("ended after %d of %d bytes".formatted(done, total.getAsLong()));
        }
    }
}
