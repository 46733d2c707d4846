package dev.bindery.host.generation;

import dev.bindery.host.call.Endpoint;
import dev.bindery.host.notification.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * Ends instances: calls in flight go on to their end, up to a deadline, then they are cancelled;
 * then the binding is stopped. Thread-safe.
 */
public final class Retirement {
    private static final Duration AFTER_CANCEL = Duration.ofSeconds(8);
    private static final Duration LAST_QUESTIONS = Duration.ofSeconds(3);

    private final EventLog events;
    private final Map<RunningInstance, CountDownLatch> draining = new ConcurrentHashMap<>();

    public Retirement(EventLog events) {
        this.events = events;
    }

    /** Begins to end an instance, and returns at once; new calls no longer reach it. */
    public CountDownLatch begin(RunningInstance instance, Duration patience) {
        instance.unregister();
        CountDownLatch done = new CountDownLatch(1);
        draining.put(instance, done);
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

    /** Shortens the patience with everything that is being ended already. */
    public List<CountDownLatch> hasten(Duration patience) {
        List<CountDownLatch> ends = List.copyOf(draining.values());
        draining.keySet().forEach(instance -> hasten(instance, patience));
        return ends;
    }

    /** Shortens the patience with what is being ended of a binding. */
    public void hasten(String binding, Duration patience) {
        of(binding).forEach(instance -> hasten(instance, patience));
    }

    private static void hasten(RunningInstance instance, Duration patience) {
        Thread.ofVirtual()
                .name("hasten-" + instance.config().name())
                .start(() -> cancelAfter(instance, patience));
    }

    private List<RunningInstance> of(String binding) {
        return draining.keySet().stream()
                .filter(instance -> instance.config().binding().equals(binding))
                .toList();
    }

    /** The calls in flight of what is being ended of a binding. */
    public int calls(String binding) {
        return of(binding).stream().mapToInt(instance -> instance.endpoint().calls()).sum();
    }

    /** The calls that ignore their cancellation, of what is being ended under that name. */
    public int stuckCalls(String instance) {
        return draining.keySet().stream()
                .filter(one -> one.config().name().equals(instance))
                .mapToInt(one -> one.endpoint().stuckCalls())
                .sum();
    }

    private static void cancelAfter(RunningInstance instance, Duration patience) {
        try {
            if (!isEmpty(instance, patience)) {
                instance.endpoint().cancelAll();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stuck calls in a process are not waited for: they end with it. */
    private static boolean isEmpty(RunningInstance instance, Duration patience)
            throws InterruptedException {
        return instance.endpoint().awaitEmpty(patience, !instance.isApart());
    }

    /**
     * Nobody waits for an answer to the host's own questions, and the contract has nothing by which
     * to take one back but the thread's interruption: so what goes on after that ends by the stop.
     */
    private static void endQuestions(Endpoint endpoint) throws InterruptedException {
        boolean _ = endpoint.endQuestions(LAST_QUESTIONS);
    }

    private void end(RunningInstance instance, Duration patience) {
        try {
            if (!isEmpty(instance, patience)) {
                instance.endpoint().cancelAll();
                if (!isEmpty(instance, AFTER_CANCEL)) {
                    events.publish(
                            "notification/warning",
                            instance.config().name(),
                            "%d calls ignore their cancellation; %s"
                                    .formatted(
                                            instance.endpoint().calls(),
                                            instance.isApart()
                                                    ? "they end with their process"
                                                    : "their threads stay behind"));
                }
            }
            endQuestions(instance.endpoint());
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
