package dev.bindery.host.lifecycle;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How long a jar is kept away after its calls have got stuck: twice as long every time, up to an
 * hour, and as at first again once an hour has passed without. A restart forgets it, since it has
 * ended what was stuck. For one thread.
 */
final class Quarantine {
    private static final Duration LONGEST = Duration.ofHours(1);

    private final Duration first;
    private @Nullable String sha256;
    private Duration length = Duration.ZERO;
    private Instant until = Instant.MIN;

    Quarantine(Duration first) {
        this.first = first;
    }

    /** Keeps a jar away from now on; returns for how long. */
    Duration begin(String sha256, Instant now) {
        boolean isAgain = sha256.equals(this.sha256) && now.isBefore(until.plus(LONGEST));
        this.sha256 = sha256;
        length = isAgain ? shorter(length.multipliedBy(2), LONGEST) : first;
        until = now.plus(length);
        return length;
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    boolean holds(String sha256, Instant now) {
        return sha256.equals(this.sha256) && now.isBefore(until);
    }

    /** Lets it serve again, as if nothing had been. */
    void release() {
        sha256 = null;
        until = Instant.MIN;
    }
}
