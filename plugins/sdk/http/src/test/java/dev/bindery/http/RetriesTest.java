package dev.bindery.http;

import static java.time.Duration.ofMillis;
import static java.time.Duration.ofSeconds;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.random.RandomGenerator;
import okhttp3.Headers;
import org.junit.jupiter.api.Test;

class RetriesTest {
    private static final RandomGenerator LOWEST = () -> 0;
    private static final Optional<Duration> UNLIMITED = Optional.empty();

    private final Retries retries = new Retries(3, ofSeconds(20), () -> LOWEST);

    @Test
    void pausesGrowFromTryToTry() {
        Failure refused = failure(true, Optional.empty());

        assertThat(retries.pause(refused, 1, UNLIMITED)).contains(ofMillis(125));
        assertThat(retries.pause(refused, 2, UNLIMITED)).contains(ofMillis(250));
        assertThat(retries.pause(refused, 3, UNLIMITED)).contains(ofMillis(500));
        assertThat(retries.pause(refused, 4, UNLIMITED)).isEmpty();
    }

    @Test
    void whatTheProviderAsksForIsKept() {
        Failure limited = failure(true, Optional.of(ofSeconds(7)));

        assertThat(retries.pause(limited, 1, UNLIMITED)).contains(ofSeconds(7));
    }

    @Test
    void aWaitBeyondTheBudgetOrTheRequestsTimeIsNotBegun() {
        assertThat(retries.pause(failure(true, Optional.of(ofSeconds(21))), 1, UNLIMITED))
                .isEmpty();
        assertThat(
                        retries.pause(
                                failure(true, Optional.of(ofSeconds(7))),
                                1,
                                Optional.of(ofSeconds(7))))
                .isEmpty();
    }

    @Test
    void whatMayHaveBeenDoneIsNotDoneAgain() {
        assertThat(retries.pause(failure(false, Optional.of(ofSeconds(1))), 1, UNLIMITED))
                .isEmpty();
    }

    @Test
    void retryAfterIsReadInAllItsForms() {
        assertThat(retryAfter("Retry-After", "1.5")).contains(ofMillis(1500));
        assertThat(retryAfter("Retry-After", "Mon, 23 Nov 2026 00:00:30 GMT"))
                .contains(ofSeconds(30));
        assertThat(retryAfter("Retry-After", "Sun, 22 Nov 2026 00:00:00 GMT"))
                .contains(Duration.ZERO);
        assertThat(retryAfter("retry-after-ms", "40")).contains(ofMillis(40));
        assertThat(retryAfter("Retry-After", "soon")).isEmpty();
        assertThat(retryAfter("Retry-After", "-1")).isEmpty();
        assertThat(retryAfter("Retry-After", "NaN")).isEmpty();
        assertThat(retryAfter("Retry-After", "1e300")).contains(Duration.ofDays(365));
    }

    private static Optional<Duration> retryAfter(String name, String value) {
        Clock clock = Clock.fixed(Instant.parse("2026-11-23T00:00:00Z"), ZoneOffset.UTC);
        return RetryAfter.of(Headers.of(name, value), clock);
    }

    private static Failure failure(boolean repeatable, Optional<Duration> wait) {
        return new Failure(
                new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "no"), repeatable, wait);
    }
}
