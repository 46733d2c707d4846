package dev.bindery.binding.router;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps requests away from a target that is down: once too many of its calls fail it is paused, and
 * then tried with a single request, which ends the pause or begins the next. Free for all threads.
 */
final class Breaker {
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Duration LONGEST = Duration.ofMinutes(10);

    private final BreakerLimits limits;
    private final LongSupplier nanoTime;
    private final Window window;
    private final ReentrantLock lock = new ReentrantLock();
    private long calls;
    private boolean paused;
    private long pausedUntil;
    private @Nullable Pass probe;
    private @Nullable String lastFailure;
    private boolean limited;

    Breaker(BreakerLimits limits, LongSupplier nanoTime) {
        this.limits = limits;
        this.nanoTime = nanoTime;
        this.window = new Window(limits.window().toNanos());
    }

    /** How a target stands. */
    enum State {
        OPEN,
        PAUSED,
        TRIED
    }

    /** Whether what the target threw says that it is down, rather than what it was asked. */
    static boolean isOutage(ErrorCode code) {
        return code.retriable()
                || code.equals(ErrorCode.INTERNAL)
                || code.equals(ErrorCode.UPSTREAM_AUTHENTICATION);
    }

    /** Lets a call through; empty while the target is paused. */
    Optional<Pass> enter() {
        lock.lock();
        try {
            if (paused && (probe != null || left().isPositive())) {
                return Optional.empty();
            }
            Pass pass = new Pass();
            probe = paused ? pass : null;
            calls++;
            return Optional.of(pass);
        } finally {
            lock.unlock();
        }
    }

    /** How long it is paused yet; zero when it may be asked. */
    Duration remaining() {
        lock.lock();
        try {
            return paused && left().isPositive() ? left() : Duration.ZERO;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it is paused because it was asked too much, rather than because it is down. */
    boolean isLimited() {
        lock.lock();
        try {
            return paused && limited;
        } finally {
            lock.unlock();
        }
    }

    Standing standing() {
        lock.lock();
        try {
            long now = nanoTime.getAsLong();
            State state = !paused ? State.OPEN : probe != null ? State.TRIED : State.PAUSED;
            Duration left = paused && left().isPositive() ? left() : Duration.ZERO;
            return new Standing(
                    state, left, calls, window.failures(now), Optional.ofNullable(lastFailure));
        } finally {
            lock.unlock();
        }
    }

    private Duration left() {
        return Duration.ofNanos(pausedUntil - nanoTime.getAsLong());
    }

    private void pause(Duration pause) {
        paused = true;
        probe = null;
        pausedUntil = nanoTime.getAsLong() + pause.toNanos();
    }

    /**
     * @param pausedFor how long it is not asked yet; zero when it may be
     * @param calls all calls so far
     * @param failures those that failed within the window
     * @param lastFailure what it said when it failed last
     */
    record Standing(
            State state,
            Duration pausedFor,
            long calls,
            int failures,
            Optional<String> lastFailure) {}

    /** What became of one call. One of its methods is called, once. */
    final class Pass {
        private Pass() {}

        /**
         * @return whether that ended a pause
         */
        boolean answered() {
            lock.lock();
            try {
                boolean again = probe == this;
                window.add(nanoTime.getAsLong(), false);
                if (again) {
                    paused = false;
                    probe = null;
                    window.clear();
                }
                return again;
            } finally {
                lock.unlock();
            }
        }

        /**
         * @return whether that began a first pause
         */
        boolean failed(BindingException failure) {
            lock.lock();
            try {
                long now = nanoTime.getAsLong();
                window.add(now, true);
                lastFailure = failure.code() + ": " + failure.getMessage();
                limited = failure.code().httpStatus() == TOO_MANY_REQUESTS;
                boolean first = !paused;
                if (probe == this) {
                    pause(asked(failure).orElse(limits.pause()));
                } else if (first && (asked(failure).isPresent() || isTooMuch(now))) {
                    pause(asked(failure).orElse(limits.pause()));
                }
                return first && paused;
            } finally {
                lock.unlock();
            }
        }

        /** Nothing is known of the target by it: it was cancelled, or refused for what it was. */
        void undecided() {
            lock.lock();
            try {
                probe = probe == this ? null : probe;
            } finally {
                lock.unlock();
            }
        }

        private boolean isTooMuch(long now) {
            int failures = window.failures(now);
            return failures >= limits.failures() && 2 * failures >= window.calls(now);
        }

        /** For how long the provider itself asks to be left alone. */
        private static Optional<Duration> asked(BindingException failure) {
            return failure.retryAfter()
                    .filter(Duration::isPositive)
                    .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
        }
    }
}
