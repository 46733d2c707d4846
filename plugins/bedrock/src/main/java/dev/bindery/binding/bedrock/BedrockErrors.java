package dev.bindery.binding.bedrock;

import static dev.bindery.api.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.bindery.api.ErrorCode.MODEL_NOT_FOUND;
import static dev.bindery.api.ErrorCode.OVERLOADED;
import static dev.bindery.api.ErrorCode.RATE_LIMITED;
import static dev.bindery.api.ErrorCode.TIMEOUT;
import static dev.bindery.api.ErrorCode.UPSTREAM_AUTHENTICATION;
import static dev.bindery.api.ErrorCode.UPSTREAM_ERROR;
import static dev.bindery.api.ErrorCode.UPSTREAM_UNAVAILABLE;

import dev.bindery.http.ErrorRules;

/** What Bedrock's exceptions mean. Most of what a request can have wrong is one of them. */
final class BedrockErrors {
    private static final int BAD_REQUEST = 400;

    static final ErrorRules RULES =
            ErrorRules.builder()
                    .codeHeader("x-amzn-ErrorType")
                    .code("ThrottlingException", RATE_LIMITED)
                    .code("ServiceQuotaExceededException", RATE_LIMITED)
                    .code("ModelNotReadyException", OVERLOADED)
                    .code("ServiceUnavailableException", UPSTREAM_UNAVAILABLE)
                    .code("ModelTimeoutException", TIMEOUT)
                    .code("ModelErrorException", UPSTREAM_ERROR)
                    .code("ModelStreamErrorException", UPSTREAM_ERROR)
                    .code("InternalServerException", UPSTREAM_ERROR)
                    .code("ResourceNotFoundException", MODEL_NOT_FOUND)
                    .code("AccessDeniedException", UPSTREAM_AUTHENTICATION)
                    .code("UnrecognizedClientException", UPSTREAM_AUTHENTICATION)
                    .code("InvalidSignatureException", UPSTREAM_AUTHENTICATION)
                    .code("ExpiredTokenException", UPSTREAM_AUTHENTICATION)
                    .code("IncompleteSignatureException", UPSTREAM_AUTHENTICATION)
                    .message(BAD_REQUEST, "too long", CONTEXT_LENGTH_EXCEEDED)
                    .message(BAD_REQUEST, "too many (input )?tokens", CONTEXT_LENGTH_EXCEEDED)
                    .message(
                            BAD_REQUEST,
                            "(maximum|exceeds?).{0,40}(context|input tokens|token limit)",
                            CONTEXT_LENGTH_EXCEEDED)
                    .message(BAD_REQUEST, "context (length|window|limit)", CONTEXT_LENGTH_EXCEEDED)
                    .message(BAD_REQUEST, "model identifier is invalid", MODEL_NOT_FOUND)
                    .build();

    private BedrockErrors() {}
}
