package dev.bindery.host.lifecycle;

import dev.bindery.host.InstanceState;
import dev.bindery.host.generation.LifecycleLimits;
import dev.bindery.host.generation.Retirement;
import dev.bindery.host.generation.RunningInstance;
import dev.bindery.host.instance.InstanceConfig;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Ends instances. Those that have a successor let their calls go on to their end; those that have
 * none, or whose successor has to wait for them, only for a while. Thread-safe.
 */
final class Departures {
    private static final Duration BEYOND_A_CALL = Duration.ofSeconds(5);

    private final InstanceTable table;
    private final Retirement retirement;
    private final Duration drain;

    Departures(InstanceTable table, Retirement retirement, LifecycleLimits limits) {
        this.table = table;
        this.retirement = retirement;
        this.drain = limits.drain();
    }

    /** Ends what was superseded. */
    CountDownLatch superseded(RunningInstance instance) {
        return retirement.begin(instance, instance.endpoint().limits().total().plus(BEYOND_A_CALL));
    }

    /** Ends an instance that has served, while its row says why. */
    void retire(RunningInstance instance, InstanceState why, String reason) {
        table.put(instance.config(), why, reason);
        retirement.begin(instance, drain);
    }

    /** Ends everything of a binding that the operator switched off, with all that it is to have. */
    List<CountDownLatch> switchOff(
            String id, List<InstanceConfig> configs, String reason, Duration patience) {
        List<RunningInstance> running = running(id);
        configs.forEach(config -> table.put(config, InstanceState.DISABLED, reason));
        return begin(running, patience);
    }

    /** Ends everything of a binding that is not installed any more, or kept away. */
    List<CountDownLatch> remove(String id, String reason, boolean withImplicit, Duration patience) {
        List<RunningInstance> running = running(id);
        for (InstanceTable.Row row : table.of(id)) {
            if (row.config().implicit() && withImplicit) {
                table.remove(row.config().name());
            } else {
                table.put(row.config(), InstanceState.STOPPED, reason);
            }
        }
        return begin(running, patience);
    }

    private List<RunningInstance> running(String id) {
        return table.of(id).stream().flatMap(row -> row.running().stream()).toList();
    }

    private List<CountDownLatch> begin(List<RunningInstance> running, Duration patience) {
        return running.stream().map(instance -> retirement.begin(instance, patience)).toList();
    }

    /** Ends everything of a binding and returns when it has ended; callers wait meanwhile. */
    void clear(String id) {
        clear(running(id));
    }

    /**
     * Ends instances and returns when they have ended; callers wait meanwhile. They let nobody in
     * before anyone is told, so that who asks after that is answered by a successor.
     */
    void clear(List<RunningInstance> running) {
        running.forEach(instance -> instance.endpoint().shut());
        running.forEach(instance -> table.exchanging(instance.config()));
        try {
            for (CountDownLatch end : begin(running, drain)) {
                end.await();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Ends an instance that never served. */
    void discard(RunningInstance instance) {
        retirement.begin(instance, Duration.ZERO);
    }

    /** Cancels the calls that ended instances of a binding still have. */
    void cancel(String id) {
        retirement.hasten(id, Duration.ZERO);
    }

    /** How many calls ended instances of a binding still have. */
    int calls(String id) {
        return retirement.calls(id);
    }
}
