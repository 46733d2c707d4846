package dev.bindery.http;

import dev.bindery.api.Cancellation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import okhttp3.Call;

/**
 * Ends the calls of one upstream that are late. Looks at all of them now and then, where time-outs
 * of each socket and each call would wake another thread at every read and every write: for a short
 * call a good part of all its processor time. Its thread ends when there are no calls. Thread-safe.
 */
final class CallWatch {
    private static final Duration PERIOD = Duration.ofMillis(50);

    private final Map<Call, Progress> calls = new ConcurrentHashMap<>();
    private final AtomicBoolean watching = new AtomicBoolean();

    /** Watches a call until the registration is closed. */
    Cancellation.Registration watch(Call call, Progress progress) {
        calls.put(call, progress);
        startWatching();
        return () -> calls.remove(call);
    }

    private void startWatching() {
        if (!watching.get() && watching.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("upstream-watch")
                    .inheritInheritableThreadLocals(false)
                    .start(this::watchAll);
        }
    }

    private void watchAll() {
        try {
            while (!calls.isEmpty()) {
                Thread.sleep(PERIOD);
                long now = System.nanoTime();
                calls.forEach((call, progress) -> end(call, progress, now));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            watching.set(false);
        }
        if (!calls.isEmpty()) {
            startWatching();
        }
    }

    private static void end(Call call, Progress progress, long now) {
        if (progress.isLate(now)) {
            call.cancel();
        }
    }
}
