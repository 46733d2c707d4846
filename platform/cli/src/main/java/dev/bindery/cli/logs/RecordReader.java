package dev.bindery.cli.logs;

import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Puts the lines of a log together to records. For one thread. */
final class RecordReader {
    private final Consumer<LogRecord> listener;
    private @Nullable LogRecord begun;

    RecordReader(Consumer<LogRecord> listener) {
        this.listener = listener;
    }

    void line(String line) {
        Optional<LogRecord> next = LogRecord.beginningWith(line);
        if (next.isPresent()) {
            end();
            begun = next.get();
        } else {
            begun = begun == null ? LogRecord.headless(line) : begun.and(line);
        }
    }

    /** The record that was begun is whole. */
    void end() {
        if (begun != null) {
            listener.accept(begun);
            begun = null;
        }
    }
}
