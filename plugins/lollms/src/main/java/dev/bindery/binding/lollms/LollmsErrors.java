package dev.bindery.binding.lollms;

import static dev.bindery.api.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.bindery.api.ErrorCode.MODEL_NOT_FOUND;
import static dev.bindery.api.ErrorCode.UNSUPPORTED;

import dev.bindery.http.ErrorRules;
import dev.bindery.http.Upstream;
import tools.jackson.databind.JsonNode;

/** What the errors of LoLLMs mean: sentences without codes, some of them in good answers. */
final class LollmsErrors {
    static final ErrorRules RULES =
            ErrorRules.builder()
                    .message(
                            404,
                            "(no|unknown) (such )?model|model .*(not found|unknown)",
                            MODEL_NOT_FOUND)
                    .message(400, "does not (support|offer)", UNSUPPORTED)
                    .message(400, "context (length|size|window)", CONTEXT_LENGTH_EXCEEDED)
                    .build();

    private LollmsErrors() {}

    /**
     * The answer, unless it tells an error: {@code {"status":false,"error":"…"}}.
     *
     * @throws dev.bindery.api.BindingException what it tells
     */
    static JsonNode checked(JsonNode answer, Upstream upstream) {
        boolean failed = answer.path("status").isBoolean() && !answer.path("status").booleanValue();
        if (failed || answer.path("error").isString()) {
            throw upstream.error(answer).build();
        }
        return answer;
    }
}
