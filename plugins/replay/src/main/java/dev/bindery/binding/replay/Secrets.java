package dev.bindery.binding.replay;

import dev.bindery.http.Json;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Keeps out of recordings what looks like a secret: by its field's name, or by its own form. */
final class Secrets {
    private static final String MASK = "***";
    private static final Pattern NAME =
            Pattern.compile(
                    "(?i)authorization|password|passphrase|credentials?|cookie|.*(api|access|private|secret)[-_ ]?key|.*secret|.*(access|auth|refresh|session|bearer|id)[-_ ]?token|token");
    private static final Pattern FORM =
            Pattern.compile(
                    "\\b(?:sk|pk|rk|key|bindery|ghp|gho|hf|xai|gsk)[-_][A-Za-z0-9_-]{16,}|(?i:bearer)\\s+[A-Za-z0-9._~+/=-]{8,}");

    private Secrets() {}

    static String without(String text) {
        return FORM.matcher(text).replaceAll(MASK);
    }

    static JsonNode without(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> {
                ObjectNode kept = Json.object();
                object.forEachEntry((name, value) -> kept.set(name, without(name, value)));
                yield kept;
            }
            case ArrayNode array -> {
                ArrayNode kept = Json.array();
                array.forEach(item -> kept.add(without(item)));
                yield kept;
            }
            case JsonNode text when text.isString() ->
                    Json.object().put("t", without(text.stringValue())).get("t");
            default -> node;
        };
    }

    private static JsonNode without(String name, JsonNode value) {
        return value.isString() && NAME.matcher(name).matches()
                ? Json.object().put("t", MASK).get("t")
                : without(value);
    }
}
