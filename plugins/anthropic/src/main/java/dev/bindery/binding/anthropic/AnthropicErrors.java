package dev.bindery.binding.anthropic;

import static dev.bindery.api.ErrorCode.CONTENT_FILTERED;
import static dev.bindery.api.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.bindery.api.ErrorCode.MODEL_NOT_FOUND;
import static dev.bindery.api.ErrorCode.OVERLOADED;
import static dev.bindery.api.ErrorCode.RATE_LIMITED;
import static dev.bindery.api.ErrorCode.TIMEOUT;
import static dev.bindery.api.ErrorCode.UPSTREAM_AUTHENTICATION;
import static dev.bindery.api.ErrorCode.UPSTREAM_ERROR;

import dev.bindery.http.ErrorRules;

/** What Anthropic's errors mean. Most of what a request can have wrong has one type only. */
final class AnthropicErrors {
    static final ErrorRules RULES =
            ErrorRules.builder()
                    .code("authentication_error", UPSTREAM_AUTHENTICATION)
                    .code("permission_error", UPSTREAM_AUTHENTICATION)
                    .code("billing_error", UPSTREAM_AUTHENTICATION)
                    .code("rate_limit_error", RATE_LIMITED)
                    .code("overloaded_error", OVERLOADED)
                    .code("timeout_error", TIMEOUT)
                    .code("api_error", UPSTREAM_ERROR)
                    .message(400, "prompt is too long", CONTEXT_LENGTH_EXCEEDED)
                    .message(
                            400,
                            "exceeds? (the )?(context|model'?s? maximum)",
                            CONTEXT_LENGTH_EXCEEDED)
                    .message(400, "context (length|size|window|limit)", CONTEXT_LENGTH_EXCEEDED)
                    .message(400, "content filter", CONTENT_FILTERED)
                    .message(400, "credit balance", UPSTREAM_AUTHENTICATION)
                    .message(404, "\\bmodel\\b", MODEL_NOT_FOUND)
                    .build();

    private AnthropicErrors() {}
}
