package dev.bindery.openai;

import static dev.bindery.api.ErrorCode.CONTENT_FILTERED;
import static dev.bindery.api.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.bindery.api.ErrorCode.MODEL_NOT_FOUND;
import static dev.bindery.api.ErrorCode.OVERLOADED;
import static dev.bindery.api.ErrorCode.RATE_LIMITED;
import static dev.bindery.api.ErrorCode.UNSUPPORTED;
import static dev.bindery.api.ErrorCode.UPSTREAM_AUTHENTICATION;
import static dev.bindery.api.ErrorCode.UPSTREAM_ERROR;

import dev.bindery.http.ErrorRules;

/** What the errors of OpenAI and of servers that imitate it mean. */
public final class OpenAiErrors {
    /** For {@link dev.bindery.http.UpstreamOptions.Builder#errors}. */
    public static final ErrorRules RULES =
            ErrorRules.builder()
                    .code("context_length_exceeded", CONTEXT_LENGTH_EXCEEDED)
                    .code("exceed_context_size_error", CONTEXT_LENGTH_EXCEEDED)
                    .code("model_not_found", MODEL_NOT_FOUND)
                    .code("deploymentnotfound", MODEL_NOT_FOUND)
                    .code("invalid_api_key", UPSTREAM_AUTHENTICATION)
                    .code("authentication_error", UPSTREAM_AUTHENTICATION)
                    .code("content_filter", CONTENT_FILTERED)
                    .code("content_policy_violation", CONTENT_FILTERED)
                    .code("rate_limit_exceeded", RATE_LIMITED)
                    .code("insufficient_quota", RATE_LIMITED)
                    .code("server_overloaded", OVERLOADED)
                    .code("overloaded_error", OVERLOADED)
                    .code("slow_down", OVERLOADED)
                    .code("server_error", UPSTREAM_ERROR)
                    .code("unsupported_parameter", UNSUPPORTED)
                    .code("unsupported_value", UNSUPPORTED)
                    .message(400, "context (length|size|window)", CONTEXT_LENGTH_EXCEEDED)
                    .message(400, "maximum (context|model) length", CONTEXT_LENGTH_EXCEEDED)
                    .message(501, "does not support", UNSUPPORTED)
                    .message(404, "\\bmodel\\b", MODEL_NOT_FOUND)
                    .build();

    private OpenAiErrors() {}
}
