package dev.bindery.host;

import java.time.Duration;
import java.util.List;

/** A running host. Every method may be called from any thread. */
public interface Host extends AutoCloseable {
    Bindings bindings();

    Instances instances();

    ModelRouter models();

    Events events();

    Shell shell();

    Home home();

    /** Waits until every binding that was there at the start serves, or has failed. */
    void awaitSettled();

    /** The ids of bindings that are still being started; empty once everything has settled. */
    List<String> pending();

    /**
     * The unloaded generations whose classes are still in memory, in order. An idle host collects
     * them when it next has to, so one that stays for minutes is what tells of a leak.
     */
    List<String> uncollected();

    /** Looks for what is wrong with this host and its home, and what to do about it. */
    List<Finding> examine();

    /**
     * Stops: lets calls in flight end within that time, cancels the rest, stops every binding. A
     * second call does nothing.
     */
    void close(Duration grace);

    /** Stops with ten seconds of grace. */
    @Override
    default void close() {
        close(Duration.ofSeconds(10));
    }
}
