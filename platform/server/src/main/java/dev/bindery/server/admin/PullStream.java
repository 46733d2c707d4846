package dev.bindery.server.admin;

import dev.bindery.api.Cancellation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.ResponseStream;
import dev.bindery.server.json.JsonText;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The progress of a pull, line by line. It begins with the first progress, so that a failure before
 * has a status of its own. Progress may come on any thread, one at a time.
 */
final class PullStream {
    private static final byte[] LINE_END = {'\n'};

    private final Exchange exchange;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable ResponseStream response;

    PullStream(Exchange exchange) {
        this.exchange = exchange;
    }

    ProgressListener listener(Cancellation cancellation) {
        return new ProgressListener() {
            @Override
            public void progress(Progress progress) {
                write(line(progress));
            }

            @Override
            public Cancellation cancellation() {
                return cancellation;
            }
        };
    }

    void success() {
        write(new JsonText().beginObject().field("status").text("success").endObject());
    }

    void failure(Refusal refusal) {
        if (response == null) {
            throw refusal;
        }
        JsonText out = new JsonText();
        AdminErrors.write(refusal, out);
        write(out);
    }

    private static JsonText line(Progress progress) {
        JsonText out = new JsonText().beginObject().field("status").text(progress.status());
        out.field("completed").number(progress.completed());
        progress.total().ifPresent(total -> out.field("total").number(total));
        return out.endObject();
    }

    private void write(JsonText line) {
        line.raw(LINE_END);
        lock.lock();
        try {
            if (response == null) {
                response = exchange.stream("application/x-ndjson");
            }
            response.add(line.buffer(), line.length());
            response.flush();
        } finally {
            lock.unlock();
        }
    }
}
