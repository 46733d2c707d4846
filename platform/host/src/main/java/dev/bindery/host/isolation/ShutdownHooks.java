package dev.bindery.host.isolation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The shutdown hooks of one generation. With the JVM they would keep its classes in memory until
 * the host ends; here they run when the generation does. Thread-safe.
 */
final class ShutdownHooks {
    private static final Logger LOG = LoggerFactory.getLogger(ShutdownHooks.class);
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private final Set<Thread> hooks = new LinkedHashSet<>();
    private boolean ended;

    /**
     * @throws IllegalStateException as the JVM says it: the end has begun
     */
    synchronized void add(Thread hook) {
        if (ended) {
            throw new IllegalStateException("the binding is being unloaded");
        }
        if (!hooks.add(hook)) {
            throw new IllegalArgumentException("the hook was added before");
        }
    }

    synchronized boolean remove(Thread hook) {
        return hooks.remove(hook);
    }

    private synchronized List<Thread> end() {
        ended = true;
        List<Thread> all = new ArrayList<>(hooks);
        hooks.clear();
        return all;
    }

    /** Runs them at once, as the JVM does, and waits for them a moment. */
    void run() {
        List<Thread> all = end();
        for (Thread hook : all) {
            try {
                hook.start();
            } catch (IllegalThreadStateException e) {
                LOG.debug("the hook {} was started before", hook.getName());
            }
        }
        long deadline = System.nanoTime() + LONGEST.toNanos();
        try {
            for (Thread hook : all) {
                boolean _ = hook.join(Duration.ofNanos(deadline - System.nanoTime()));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
