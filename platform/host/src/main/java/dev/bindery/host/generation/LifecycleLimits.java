package dev.bindery.host.generation;

import java.time.Duration;

/**
 * How long a binding's code may take over what the host waits for.
 *
 * @param install for {@code install}, which may download
 * @param start for the constructor and {@code start}
 * @param stop for {@code stop}
 * @param settings for {@code settingsUpdated}
 * @param firstList for the models of an instance that has just started; they follow if it takes
 *     longer
 * @param health for {@code health}
 */
public record LifecycleLimits(
        Duration install,
        Duration start,
        Duration stop,
        Duration settings,
        Duration firstList,
        Duration health) {
    public static final LifecycleLimits DEFAULT =
            new LifecycleLimits(
                    Duration.ofMinutes(30),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(30),
                    Duration.ofMillis(400),
                    Duration.ofMillis(500));
}
