package dev.bindery.host.notification;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import java.time.Duration;

/**
 * Makes events of the progress of long work, and passes it on to whoever waits for it: at most one
 * event a second, whatever the work tells, and always one for its end. Thread-safe.
 */
public final class AnnouncedProgress implements ProgressListener {
    private static final long INTERVAL = Duration.ofSeconds(1).toNanos();

    private final EventLog events;
    private final String topic;
    private final String subject;
    private final JsonObject data;
    private final ProgressListener listener;
    private boolean begun;
    private long latest;

    /**
     * @param topic such as {@code progress/pull}
     * @param data what each event of it carries besides {@code completed} and {@code total}
     * @param listener hears all of it
     */
    public AnnouncedProgress(
            EventLog events,
            String topic,
            String subject,
            JsonObject data,
            ProgressListener listener) {
        this.events = events;
        this.topic = topic;
        this.subject = subject;
        this.data = data;
        this.listener = listener;
    }

    /**
     * Does the work and tells its end, good or bad. Why it failed is for whoever waits for it: the
     * reason may name an address with a key in it.
     */
    public void during(Runnable work) {
        try {
            work.run();
            publish("done", data.with("done", true));
        } catch (RuntimeException e) {
            publish(
                    e instanceof BindingException known ? "failed: " + known.code() : "failed",
                    data.with("done", true).with("failed", true));
            throw e;
        }
    }

    @Override
    public void progress(Progress progress) {
        if (isDue()) {
            JsonObject counted = data.with("completed", progress.completed());
            publish(
                    progress.status(),
                    progress.total().isPresent()
                            ? counted.with("total", progress.total().getAsLong())
                            : counted);
        }
        listener.progress(progress);
    }

    private synchronized boolean isDue() {
        long now = System.nanoTime();
        if (begun && now - latest < INTERVAL) {
            return false;
        }
        begun = true;
        latest = now;
        return true;
    }

    private void publish(String message, JsonObject details) {
        events.publish(topic, subject, message, details);
    }

    @Override
    public Cancellation cancellation() {
        return listener.cancellation();
    }
}
