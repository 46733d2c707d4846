package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import okio.Buffer;
import okio.BufferedSource;
import okio.ByteString;
import org.jspecify.annotations.Nullable;

/**
 * Lines of UTF-8 that end in LF, CR or CRLF, or with the stream. A line is handed out as soon as
 * its first end character is there: after a CR nobody waits for an LF that may not come.
 */
final class LineReader {
    private static final ByteString ENDS = ByteString.encodeUtf8("\r\n");
    private static final String BYTE_ORDER_MARK = "\uFEFF";

    private final BufferedSource source;
    private final Buffer buffer;
    private final long limit;
    private boolean begun;
    private boolean afterReturn;

    LineReader(BufferedSource source, long limit) {
        this.source = source;
        this.buffer = source.getBuffer();
        this.limit = limit;
    }

    /** The next line without its end; null at the end of the stream. */
    @Nullable String next() {
        try {
            skipLineFeedAfterReturn();
            String line = line();
            if (line == null || begun) {
                return line;
            }
            begun = true;
            return line.startsWith(BYTE_ORDER_MARK) ? line.substring(1) : line;
        } catch (IOException e) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR, "the stream broke off: " + e.getMessage(), e);
        }
    }

    private void skipLineFeedAfterReturn() throws IOException {
        if (afterReturn && source.request(1) && buffer.getByte(0) == '\n') {
            buffer.skip(1);
        }
        afterReturn = false;
    }

    private @Nullable String line() throws IOException {
        long searched = 0;
        while (true) {
            long end = buffer.indexOfElement(ENDS, searched);
            if (end > limit || (end < 0 && buffer.size() > limit)) {
                throw new BindingException(
                        ErrorCode.UPSTREAM_ERROR,
                        "the provider sends a line of more than %d bytes".formatted(limit));
            }
            if (end >= 0) {
                String line = buffer.readUtf8(end);
                afterReturn = buffer.readByte() == '\r';
                return line;
            }
            searched = buffer.size();
            if (!source.request(searched + 1)) {
                return buffer.exhausted() ? null : buffer.readUtf8();
            }
        }
    }
}
