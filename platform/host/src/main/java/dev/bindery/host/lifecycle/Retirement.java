package dev.bindery.host.lifecycle;

import dev.bindery.host.notification.EventLog;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Ends instances: calls in flight go on to their end, up to a deadline, then they are cancelled;
 * then the binding is stopped. Thread-safe.
 */
final class Retirement {
    private static final Duration AFTER_CANCEL = Duration.ofSeconds(8);

    private final EventLog events;
    private final Set<RunningInstance> draining = ConcurrentHashMap.newKeySet();

    Retirement(EventLog events) {
        this.events = events;
    }

    /** Begins to end an instance, and returns at once; new calls no longer reach it. */
    CountDownLatch begin(RunningInstance instance, Duration patience) {
        instance.unregister();
        draining.add(instance);
        CountDownLatch done = new CountDownLatch(1);
        Thread.ofVirtual()
                .name("retire-" + instance.config().name())
                .start(() -> {
                    try {
                        end(instance, patience);
                    } finally {
                        draining.remove(instance);
                        done.countDown();
                    }
                });
        return done;
    }

    /** Whether an instance of that generation still has calls. */
    boolean isDraining(Generation generation) {
        return draining.stream().anyMatch(one -> one.generation().equals(generation));
    }

    private void end(RunningInstance instance, Duration patience) {
        try {
            if (!instance.endpoint().awaitEmpty(patience)) {
                instance.endpoint().cancelAll();
                if (!instance.endpoint().awaitEmpty(AFTER_CANCEL)) {
                    events.publish(
                            "notification/warning",
                            instance.config().name(),
                            "%d calls ignore their cancellation; their threads stay behind"
                                    .formatted(instance.endpoint().calls()));
                }
            }
            instance.stop();
        } catch (LifecycleException e) {
            events.publish(
                    "notification/warning",
                    instance.config().name(),
                    "the old instance did not stop properly: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
