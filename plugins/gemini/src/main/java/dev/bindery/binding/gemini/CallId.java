package dev.bindery.binding.gemini;

import java.util.UUID;

/** Ids of tool calls: Gemini's own, or made up here for models that give none. */
final class CallId {
    private static final String MADE_UP = "gcall_";

    private CallId() {}

    static String of(String given) {
        return given.isEmpty() ? MADE_UP + UUID.randomUUID().toString().replace("-", "") : given;
    }

    /** Whether Gemini would know it. */
    static boolean isGiven(String id) {
        return !id.isEmpty() && !id.startsWith(MADE_UP);
    }
}
