package dev.bindery.testkit.check;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;

/** Texts that are to be JSON. */
final class JsonText {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private JsonText() {}

    static boolean isJson(String text) {
        try {
            return !MAPPER.readTree(text).isMissingNode();
        } catch (JacksonException _) {
            return false;
        }
    }

    /** Whether both are the same JSON, however it is written. */
    static boolean same(String one, String other) {
        return isJson(one) && isJson(other) && MAPPER.readTree(one).equals(MAPPER.readTree(other));
    }
}
