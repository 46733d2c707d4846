package dev.bindery.http;

import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import okhttp3.Headers;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads how long a provider asks to wait: in milliseconds, in seconds, until a date, in details.
 */
final class RetryAfter {
    private static final Duration LONGEST = Duration.ofDays(365);

    private RetryAfter() {}

    static Optional<Duration> of(Headers headers, Clock clock) {
        return number(headers.get("retry-after-ms"), 1)
                .or(() -> number(headers.get("Retry-After"), 1000))
                .or(() -> until(headers.get("Retry-After"), clock))
                .map(RetryAfter::bounded);
    }

    /** In the details of Google's errors: a {@code RetryInfo} with a time such as {@code 2.5s}. */
    static Optional<Duration> in(JsonNode details) {
        return details.valueStream()
                .map(detail -> detail.path("retryDelay"))
                .filter(delay -> delay.isString() && delay.stringValue().endsWith("s"))
                .map(JsonNode::stringValue)
                .flatMap(delay -> number(delay.substring(0, delay.length() - 1), 1000).stream())
                .map(RetryAfter::bounded)
                .findFirst();
    }

    private static Duration bounded(Duration wait) {
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }

    private static Optional<Duration> number(@Nullable String text, long millisEach) {
        try {
            double number = text == null ? -1 : Double.parseDouble(text.strip());
            return number >= 0
                    ? Optional.of(Duration.ofMillis((long) Math.ceil(number * millisEach)))
                    : Optional.empty();
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    private static Optional<Duration> until(@Nullable String text, Clock clock) {
        try {
            if (text == null) {
                return Optional.empty();
            }
            Instant then =
                    ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
            Duration wait = Duration.between(clock.instant(), then);
            return Optional.of(wait.isNegative() ? Duration.ZERO : wait);
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
