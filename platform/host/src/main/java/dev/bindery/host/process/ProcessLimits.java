package dev.bindery.host.process;

import java.time.Duration;

/**
 * How long a process binding waits for its child.
 *
 * @param handshake from the spawn to the handshake
 * @param start for the binding's {@code start}, {@code install} and {@code uninstall}
 * @param stop for the binding's {@code stop}, and then again for the process to end by itself
 * @param call for a child that is being started again, when a call comes in
 * @param cancel from a call's cancellation to the end of waiting for it; zero to wait as long as
 *     the process lives, so that a call that ignores it is known to go on
 * @param stable for how long a child must live until the next crash counts as a first one
 */
public record ProcessLimits(
        Duration handshake,
        Duration start,
        Duration stop,
        Duration call,
        Duration cancel,
        Duration stable) {
    public static final ProcessLimits DEFAULTS =
            new ProcessLimits(
                    Duration.ofSeconds(30),
                    Duration.ofMinutes(2),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(2),
                    Duration.ZERO,
                    Duration.ofSeconds(30));
}
