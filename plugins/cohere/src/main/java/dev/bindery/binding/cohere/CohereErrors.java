package dev.bindery.binding.cohere;

import static dev.bindery.api.ErrorCode.CONTENT_FILTERED;
import static dev.bindery.api.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.bindery.api.ErrorCode.MODEL_NOT_FOUND;
import static dev.bindery.api.ErrorCode.UNSUPPORTED;
import static dev.bindery.api.ErrorCode.UPSTREAM_AUTHENTICATION;
import static dev.bindery.api.ErrorCode.UPSTREAM_ERROR;

import dev.bindery.http.ErrorRules;

/** What Cohere's errors mean: it has no codes, only statuses and words. */
final class CohereErrors {
    /** A word of the request or the answer is on a list of forbidden ones. */
    private static final int FORBIDDEN_WORD = 498;

    /** Cohere says that somebody gave up on the request, which was not its client. */
    private static final int GIVEN_UP = 499;

    private static final int NOT_IMPLEMENTED = 501;

    static final ErrorRules RULES =
            ErrorRules.builder()
                    .message(
                            400, "too many tokens|context (length|window)", CONTEXT_LENGTH_EXCEEDED)
                    .message(400, "invalid api (token|key)", UPSTREAM_AUTHENTICATION)
                    .message(400, "is not supported|not supported (by|for|with)", UNSUPPORTED)
                    .message(404, "\\bmodel\\b", MODEL_NOT_FOUND)
                    .message(422, "too many tokens", CONTEXT_LENGTH_EXCEEDED)
                    .status(FORBIDDEN_WORD, CONTENT_FILTERED)
                    .status(GIVEN_UP, UPSTREAM_ERROR)
                    .status(NOT_IMPLEMENTED, UNSUPPORTED)
                    .build();

    private CohereErrors() {}
}
