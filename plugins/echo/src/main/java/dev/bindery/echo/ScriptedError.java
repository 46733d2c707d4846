package dev.bindery.echo;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Usage;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/**
 * A failure on demand.
 *
 * @param afterChunks how many pieces come before it; at the answer's end when it has fewer
 */
record ScriptedError(
        int afterChunks,
        ErrorCode code,
        String message,
        Optional<Duration> retryAfter,
        Optional<Integer> upstreamStatus) {
    private static final Set<String> NAMES =
            Set.of("code", "message", "retry_after_s", "upstream_status", "after_chunks");
    private static final double MAX_RETRY_AFTER_S = 86_400;

    static ScriptedError of(Fields fields) {
        fields.allowing(NAMES);
        return new ScriptedError(
                fields.whole("after_chunks", Integer.MAX_VALUE).orElse(0),
                ErrorCode.of(fields.requiredText("code")),
                fields.text("message").orElse("this error was asked for"),
                retryAfter(fields),
                fields.whole("upstream_status", 999));
    }

    BindingException exception(Usage usage) {
        BindingException.Builder exception =
                BindingException.builder(code, message)
                        .retryAfter(retryAfter.orElse(null))
                        .usage(usage);
        upstreamStatus.ifPresent(exception::upstreamStatus);
        return exception.build();
    }

    private static Optional<Duration> retryAfter(Fields fields) {
        OptionalDouble seconds = fields.number("retry_after_s");
        if (seconds.isEmpty()) {
            return Optional.empty();
        }
        if (seconds.getAsDouble() < 0 || seconds.getAsDouble() > MAX_RETRY_AFTER_S) {
            throw fields.wrong("retry_after_s is not from 0 to 86400");
        }
        return Optional.of(Duration.ofMillis(Math.round(seconds.getAsDouble() * 1000)));
    }
}
