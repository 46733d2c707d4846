package dev.bindery.cli.logs;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What is written to a log from now on, over its rotation: the file that was open is read to its
 * end before the one that took its place. For one thread.
 */
public final class LogFollower {
    private static final Duration LOOK = Duration.ofMillis(200);

    private final Path log;
    private final RecordReader records;
    private final ByteBuffer buffer = ByteBuffer.allocate(64 * 1024);
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    public LogFollower(Path log, LogFilter filter, Consumer<LogRecord> listener) {
        this.log = log;
        this.records =
                new RecordReader(entry -> {
                    if (filter.test(entry)) {
                        listener.accept(entry);
                    }
                });
    }

    /**
     * Goes on until told not to, or interrupted.
     *
     * @param start where in the file to begin, in bytes
     */
    public void follow(long start, BooleanSupplier goOn) throws IOException, InterruptedException {
        long position = start;
        while (goOn.getAsBoolean()) {
            try (FileChannel file = FileChannel.open(log)) {
                file.position(Math.min(position, file.size()));
                position = 0;
                readUntilReplaced(file, key(), goOn);
            } catch (NoSuchFileException _) {
                // Between two files of a rotation, or before a host's first start.
                position = 0;
                Thread.sleep(LOOK);
            }
        }
    }

    private void readUntilReplaced(FileChannel file, @Nullable Object key, BooleanSupplier goOn)
            throws IOException, InterruptedException {
        boolean same = true;
        while (same && goOn.getAsBoolean()) {
            same = Objects.equals(key, key()) && file.size() >= file.position();
            boolean came = read(file);
            if (!came && same) {
                // Nothing more for a moment: the record is whole, since each is written at once.
                records.end();
                Thread.sleep(LOOK);
            }
        }
        records.end();
    }

    private boolean read(FileChannel file) throws IOException {
        boolean came = false;
        while (file.read(buffer.clear()) > 0) {
            came = true;
            buffer.flip();
            while (buffer.hasRemaining()) {
                take(buffer.get());
            }
        }
        return came;
    }

    private void take(byte octet) {
        if (octet == '\n') {
            records.line(line.toString(StandardCharsets.UTF_8).stripTrailing());
            line.reset();
        } else {
            line.write(octet);
        }
    }

    private @Nullable Object key() {
        try {
            return Files.readAttributes(log, BasicFileAttributes.class).fileKey();
        } catch (IOException _) {
            return null;
        }
    }
}
