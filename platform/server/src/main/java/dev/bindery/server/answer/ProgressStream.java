package dev.bindery.server.answer;

import dev.bindery.api.Cancellation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.ResponseStream;
import dev.bindery.server.json.JsonText;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The progress of long work, line by line. It begins with the first progress, so that a failure
 * before has a status of its own. Progress may come on any thread, one at a time.
 */
public final class ProgressStream {
    public static final String CONTENT_TYPE = "application/x-ndjson";
    private static final byte[] LINE_END = {'\n'};

    private final Exchange exchange;
    private final ProgressForm form;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ResponseStream response;

    public ProgressStream(Exchange exchange, ProgressForm form) {
        this.exchange = exchange;
        this.form = form;
    }

    /** Hears of the progress; its cancellation ends the work. */
    public ProgressListener listener(Cancellation cancellation) {
        return new ProgressListener() {
            @Override
            public void progress(Progress progress) {
                write(out -> form.progress(progress, out));
            }

            @Override
            public Cancellation cancellation() {
                return cancellation;
            }
        };
    }

    /** The work is done. */
    public void success() {
        write(form::success);
    }

    /**
     * The work has failed.
     *
     * @throws Refusal the same, where nothing has been sent
     */
    public void failure(Refusal refusal) {
        if (response == null) {
            throw refusal;
        }
        exchange.account().failed(refusal.code());
        write(out -> form.failure(refusal, out));
    }

    private void write(Consumer<JsonText> content) {
        lock.lock();
        try {
            JsonText line = new JsonText();
            content.accept(line);
            line.raw(LINE_END);
            if (response == null) {
                response = exchange.stream(CONTENT_TYPE);
            }
            response.add(line.buffer(), line.length());
            response.flush();
        } finally {
            lock.unlock();
        }
    }
}
