package dev.bindery.binding.ollama;

import static dev.bindery.api.ErrorCode.CONTEXT_LENGTH_EXCEEDED;
import static dev.bindery.api.ErrorCode.INVALID_REQUEST;
import static dev.bindery.api.ErrorCode.MODEL_NOT_FOUND;
import static dev.bindery.api.ErrorCode.OVERLOADED;
import static dev.bindery.api.ErrorCode.UNSUPPORTED;

import dev.bindery.api.BindingException;
import dev.bindery.http.ErrorRules;
import java.util.regex.Pattern;

/**
 * What Ollama's errors mean. They are sentences without codes, and some that are the client's fault
 * come with status 500.
 */
final class OllamaErrors {
    private static final String TOO_LONG = "context (length|size|window)|too long";

    static final ErrorRules RULES =
            ErrorRules.builder()
                    .message(404, "\\bmodel\\b.*\\bnot found\\b", MODEL_NOT_FOUND)
                    .message(400, "\\bmodel\\b.*\\bnot found\\b", MODEL_NOT_FOUND)
                    .message(500, "manifest: file does not exist", MODEL_NOT_FOUND)
                    .message(400, "does not support", UNSUPPORTED)
                    .message(501, "does not support", UNSUPPORTED)
                    .message(400, TOO_LONG, CONTEXT_LENGTH_EXCEEDED)
                    .message(500, TOO_LONG, CONTEXT_LENGTH_EXCEEDED)
                    .message(500, "invalid format", INVALID_REQUEST)
                    .message(500, "must be of type", INVALID_REQUEST)
                    .message(500, "more system memory", OVERLOADED)
                    .message(503, "busy|pending requests", OVERLOADED)
                    .build();

    private static final Pattern NO_LEVELS =
            Pattern.compile("think value|Request\\.think of type bool");

    private OllamaErrors() {}

    /** Whether it would have thought, had it not been told how hard. */
    static boolean refusesLevels(BindingException refusal) {
        return refusal.upstreamStatus().orElse(0) == 400
                && NO_LEVELS.matcher(refusal.getMessage()).find();
    }
}
