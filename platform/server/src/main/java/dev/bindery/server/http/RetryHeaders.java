package dev.bindery.server.http;

import java.time.Duration;

/** Tells clients whether and when to try again, in the words that the SDKs obey. */
final class RetryHeaders {
    private static final int TOO_MANY = 429;
    private static final Duration SHORTLY = Duration.ofSeconds(1);

    private RetryHeaders() {}

    static void set(Exchange exchange, Refusal refusal) {
        if (!refusal.retriable()) {
            exchange.set("x-should-retry", "false");
            return;
        }
        refusal.retryAfter().ifPresent(time -> after(exchange, time));
        if (refusal.retryAfter().isEmpty() && refusal.status() == TOO_MANY) {
            after(exchange, SHORTLY);
        }
    }

    /** Whole seconds, rounded up, are all that the standard knows. */
    private static void after(Exchange exchange, Duration time) {
        long millis = Math.max(0, time.toMillis());
        exchange.set("Retry-After", Long.toString((millis + 999) / 1000));
        exchange.set("retry-after-ms", Long.toString(millis));
    }
}
