package dev.bindery.host.call;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Has the generations of one endpoint look at their clocks when it is time. Goes through all of
 * them now and then: were each to wait for so long and no longer, the JVM would wake a thread for
 * every such wait, which for a short answer is a good part of all its processor time. Its thread
 * ends when there are no calls. Thread-safe.
 */
final class ClockWatch {
    private static final Duration PERIOD = Duration.ofMillis(50);

    private final Set<GenerationCall> calls = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean watching = new AtomicBoolean();

    void begin(GenerationCall call) {
        calls.add(call);
        startWatching();
    }

    void end(GenerationCall call) {
        calls.remove(call);
    }

    private void startWatching() {
        if (!watching.get() && watching.compareAndSet(false, true)) {
            Thread.ofVirtual()
                    .name("clock-watch")
                    .inheritInheritableThreadLocals(false)
                    .start(this::watchAll);
        }
    }

    private void watchAll() {
        try {
            while (!calls.isEmpty()) {
                Thread.sleep(PERIOD);
                long now = System.nanoTime();
                calls.forEach(call -> call.lookAtClock(now));
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
}
