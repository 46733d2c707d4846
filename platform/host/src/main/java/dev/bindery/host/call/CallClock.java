package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.Limits;
import java.time.Duration;

/**
 * Keeps the three limits of one call, and tells when there was silence. For one thread; any may ask
 * whether it is time to look.
 */
final class CallClock {
    private static final Duration SILENCE = Duration.ofSeconds(15);

    private final Limits limits;
    private final Duration total;
    private final long end;
    private long lastHeard;
    private long lastSilence;
    private boolean begun;
    private volatile long due;

    CallClock(Limits limits, Duration total) {
        this.limits = limits;
        this.total = total;
        long now = System.nanoTime();
        this.end = now + total.toNanos();
        this.lastHeard = now;
        this.lastSilence = now;
        this.due = end;
    }

    Duration untilEnd() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    /** Something came, or was passed on. */
    void heard() {
        begun = true;
        lastHeard = System.nanoTime();
        lastSilence = lastHeard;
    }

    /** Waits from now on, until something comes or there is something to check. */
    void waits() {
        due = Math.min(end, Math.min(limitOfSilence(), lastSilence + SILENCE.toNanos()));
    }

    /** Whether there is something to check. */
    boolean isDue(long now) {
        return now - due >= 0;
    }

    private long limitOfSilence() {
        return lastHeard + (begun ? limits.idle() : limits.firstToken()).toNanos();
    }

    /** Whether nothing has come for a while; true once for each such while. */
    boolean isSilent() {
        if (System.nanoTime() - lastSilence < SILENCE.toNanos()) {
            return false;
        }
        lastSilence = System.nanoTime();
        return true;
    }

    /**
     * @throws BindingException {@link ErrorCode#TIMEOUT} when a limit is over, saying which
     */
    void check() {
        checkEnd();
        if (System.nanoTime() - limitOfSilence() >= 0) {
            throw begun
                    ? timeout("nothing came for %d s".formatted(limits.idle().toSeconds()))
                    : timeout(
                            "no answer began within %d s"
                                    .formatted(limits.firstToken().toSeconds()));
        }
    }

    /**
     * @throws BindingException {@link ErrorCode#TIMEOUT} when the whole call took too long, however
     *     much still comes
     */
    void checkEnd() {
        if (System.nanoTime() - end >= 0) {
            throw timeout(
                    "the call took longer than its limit of %s s"
                            .formatted(String.valueOf(total.toMillis() / 1000.0)));
        }
    }

    private static BindingException timeout(String message) {
        return new BindingException(ErrorCode.TIMEOUT, message);
    }
}
