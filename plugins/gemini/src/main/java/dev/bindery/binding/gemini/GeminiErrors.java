package dev.bindery.binding.gemini;

import static dev.bindery.api.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.bindery.api.ErrorCode.MODEL_NOT_FOUND;
import static dev.bindery.api.ErrorCode.OVERLOADED;
import static dev.bindery.api.ErrorCode.RATE_LIMITED;
import static dev.bindery.api.ErrorCode.TIMEOUT;
import static dev.bindery.api.ErrorCode.UNSUPPORTED;
import static dev.bindery.api.ErrorCode.UPSTREAM_AUTHENTICATION;
import static dev.bindery.api.ErrorCode.UPSTREAM_ERROR;

import dev.bindery.http.ErrorRules;

/** What Google's errors mean: the words of {@code google.rpc.Code}, then those of the message. */
final class GeminiErrors {
    static final ErrorRules RULES =
            ErrorRules.builder()
                    .code("RESOURCE_EXHAUSTED", RATE_LIMITED)
                    .code("UNAUTHENTICATED", UPSTREAM_AUTHENTICATION)
                    .code("PERMISSION_DENIED", UPSTREAM_AUTHENTICATION)
                    .code("FAILED_PRECONDITION", UPSTREAM_AUTHENTICATION)
                    .code("UNAVAILABLE", OVERLOADED)
                    .code("DEADLINE_EXCEEDED", TIMEOUT)
                    .code("UNIMPLEMENTED", UNSUPPORTED)
                    .code("INTERNAL", UPSTREAM_ERROR)
                    .message(400, "API.key.(not.valid|expired|invalid)", UPSTREAM_AUTHENTICATION)
                    .message(400, "exceeds the maximum number of tokens", CONTEXT_LENGTH_EXCEEDED)
                    .message(400, "is not (enabled|supported) for|not supported by", UNSUPPORTED)
                    .message(404, "\\bmodels?\\b", MODEL_NOT_FOUND)
                    .build();

    private GeminiErrors() {}
}
