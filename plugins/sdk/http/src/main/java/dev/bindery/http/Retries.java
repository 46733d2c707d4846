package dev.bindery.http;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** Whether a failed try is followed by another one, and after what pause. */
final class Retries {
    private static final Duration FIRST = Duration.ofMillis(250);
    private static final Duration LONGEST = Duration.ofSeconds(4);

    private final int maxRetries;
    private final Duration maxWait;
    private final Supplier<? extends RandomGenerator> random;

    Retries(int maxRetries, Duration maxWait, Supplier<? extends RandomGenerator> random) {
        this.maxRetries = maxRetries;
        this.maxWait = maxWait;
        this.random = random;
    }

    /**
     * @param tries how many there were
     * @param remaining the time that the request has left
     * @return empty when there shall be no other try
     */
    Optional<Duration> pause(Failure failure, int tries, Optional<Duration> remaining) {
        if (!failure.repeatable() || tries > maxRetries) {
            return Optional.empty();
        }
        Duration pause = failure.retryAfter().map(this::atLeast).orElseGet(() -> backOff(tries));
        boolean tooLong =
                pause.compareTo(maxWait) > 0
                        || remaining.filter(left -> left.compareTo(pause) <= 0).isPresent();
        return tooLong ? Optional.empty() : Optional.of(pause);
    }

    /** What the provider asks for and a little more, so that not all come back at once. */
    private Duration atLeast(Duration asked) {
        return asked.plusMillis(random.get().nextLong(FIRST.toMillis()));
    }

    private Duration backOff(int tries) {
        long most = Math.min(LONGEST.toMillis(), FIRST.toMillis() << Math.min(tries - 1, 10));
        return Duration.ofMillis(most / 2 + random.get().nextLong(most / 2));
    }
}
