package dev.bindery.http;

import java.io.IOException;
import okio.Buffer;
import okio.ForwardingSource;
import okio.Source;

/**
 * The bytes of an answer. Waits long for the first and less long for every other one; its failures
 * are those of the contract, not IOExceptions.
 */
final class ReplySource extends ForwardingSource {
    private final Failures failures;
    private final Progress progress;

    ReplySource(Source source, Failures failures, Progress progress) {
        super(source);
        this.failures = failures;
        this.progress = progress;
    }

    @Override
    public long read(Buffer sink, long byteCount) {
        progress.waits();
        try {
            long read = LibraryLoader.call(() -> super.read(sink, byteCount));
            progress.answerBegun();
            return read;
        } catch (IOException e) {
            throw failures.brokenOff(e);
        } finally {
            progress.heard();
        }
    }
}
