package dev.bindery.binding.managed;

import java.time.Duration;

/** How long to wait before a server that ended is started again. For one thread. */
final class Backoff {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration LONG_RUN = Duration.ofMinutes(1);

    private final Duration most;
    private Duration next = FIRST;

    Backoff(Duration most) {
        this.most = most;
    }

    /**
     * @param ran how long the server ran; after a long run it starts from the beginning
     */
    Duration after(Duration ran) {
        if (ran.compareTo(LONG_RUN) >= 0) {
            next = FIRST;
        }
        Duration now = next.compareTo(most) > 0 ? most : next;
        next = now.multipliedBy(2);
        return now;
    }
}
