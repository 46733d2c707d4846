package dev.bindery.binding.replay;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.http.Json;
import java.time.Duration;
import java.util.OptionalLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Failures. */
final class ErrorForm {
    private ErrorForm() {}

    static ObjectNode write(BindingException failure) {
        ErrorCode code = failure.code();
        Fields fields =
                new Fields()
                        .text("code", code.name())
                        .text("message", Secrets.without(String.valueOf(failure.getMessage())))
                        .whole(
                                "retry_after_ms",
                                failure.retryAfter().isPresent()
                                        ? OptionalLong.of(failure.retryAfter().get().toMillis())
                                        : OptionalLong.empty())
                        .whole("upstream_status", failure.upstreamStatus());
        if (!ErrorCode.known().contains(code)) {
            fields.node().put("http_status", code.httpStatus()).put("retriable", code.retriable());
        }
        failure.usage().ifPresent(usage -> fields.node("usage", UsageForm.write(usage)));
        return fields.node();
    }

    static BindingException read(JsonNode error) {
        BindingException.Builder failure =
                BindingException.builder(code(error), Json.text(error, "message"));
        if (error.has("retry_after_ms")) {
            failure.retryAfter(Duration.ofMillis(error.path("retry_after_ms").longValue()));
        }
        if (error.has("upstream_status")) {
            failure.upstreamStatus(error.path("upstream_status").intValue());
        }
        if (error.has("usage")) {
            failure.usage(UsageForm.read(error.path("usage")));
        }
        return failure.build();
    }

    private static ErrorCode code(JsonNode error) {
        String name = Json.text(error, "code");
        return error.has("http_status")
                ? new ErrorCode(
                        name,
                        error.path("http_status").intValue(),
                        error.path("retriable").booleanValue(false))
                : ErrorCode.of(name);
    }
}
