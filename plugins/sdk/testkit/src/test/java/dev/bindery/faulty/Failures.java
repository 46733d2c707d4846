package dev.bindery.faulty;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/** What went wrong, in the words of the contract. */
final class Failures {
    private static final ThreadLocal<Boolean> PAGE = ThreadLocal.withInitial(() -> false);

    private Failures() {}

    /** Whether this thread has just met a page for people. */
    static boolean sawPage() {
        boolean page = PAGE.get();
        PAGE.remove();
        return page;
    }

    static BindingException unavailable(String message) {
        return new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, message);
    }

    static BindingException error(String message) {
        return new BindingException(ErrorCode.UPSTREAM_ERROR, message);
    }

    /** A refusal is the name of a code and a message. */
    static BindingException of(HttpResponse<InputStream> response) throws IOException {
        String body = new String(response.body().readAllBytes(), StandardCharsets.UTF_8);
        PAGE.set(body.startsWith("<"));
        ErrorCode said =
                ErrorCode.known().stream()
                        .filter(code -> body.startsWith(code.name() + " "))
                        .findFirst()
                        .orElse(ErrorCode.UPSTREAM_ERROR);
        ErrorCode code = Fault.CALLS_ALL_ERRORS_THE_SAME.isOn() ? ErrorCode.UPSTREAM_ERROR : said;
        String message = Fault.SAYS_NOTHING_OF_ERRORS.isOn() ? "" : "the provider said: " + body;
        return BindingException.builder(code, message)
                .retryAfter(
                        response.headers()
                                .firstValue("Retry-After")
                                .flatMap(Failures::pause)
                                .orElse(null))
                .build();
    }

    private static Optional<Duration> pause(String header) {
        if (header.chars().allMatch(Character::isDigit)) {
            long number = Long.parseLong(header);
            return Optional.of(
                    Fault.READS_PAUSES_IN_MILLISECONDS.isOn()
                            ? Duration.ofMillis(number)
                            : Duration.ofSeconds(number));
        }
        if (Fault.READS_NO_DATES.isOn()) {
            return Optional.empty();
        }
        try {
            ZonedDateTime until = ZonedDateTime.parse(header, DateTimeFormatter.RFC_1123_DATE_TIME);
            return Optional.of(Duration.between(Instant.now(), until.toInstant()));
        } catch (DateTimeException _) {
            return Optional.empty();
        }
    }
}
