package dev.bindery.host.generation;

import dev.bindery.host.Bindings;
import java.time.Duration;

/**
 * How long a binding's code may take over what the host waits for, and how long the host is patient
 * with it.
 *
 * @param install for {@code install}, which may download
 * @param start for the constructor and {@code start}
 * @param stop for {@code stop}
 * @param settings for {@code settingsUpdated}
 * @param firstList for the models of an instance that has just started; they follow if it takes
 *     longer
 * @param health for {@code health}
 * @param drain for the calls in flight of an instance that ends without a successor
 * @param quarantine how long a binding is kept away whose calls got stuck; doubled every time
 */
public record LifecycleLimits(
        Duration install,
        Duration start,
        Duration stop,
        Duration settings,
        Duration firstList,
        Duration health,
        Duration drain,
        Duration quarantine) {
    private static final Duration QUARANTINE = Duration.ofMinutes(1);

    public static final LifecycleLimits DEFAULT =
            new LifecycleLimits(
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(400),
                    Duration.ofMillis(500));

    /** With the usual patience. */
    public LifecycleLimits(
            Duration install,
            Duration start,
            Duration stop,
            Duration settings,
            Duration firstList,
            Duration health) {
        this(install, start, stop, settings, firstList, health, Bindings.DRAIN, QUARANTINE);
    }

    /** The same with another patience. */
    public LifecycleLimits withPatience(Duration drain, Duration quarantine) {
        return new LifecycleLimits(
                install, start, stop, settings, firstList, health, drain, quarantine);
    }
}
