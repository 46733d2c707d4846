package dev.bindery.binding.replay;

import dev.bindery.http.Json;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A call without what makes no difference to its answer, and the key by which its recording is
 * found: the SHA-256 of its fields, sorted by name, as JSON without space.
 *
 * @param asked all of it, as it is recorded
 * @param compared without the fields that the operator leaves out
 */
record Question(ObjectNode asked, ObjectNode compared) {
    private static final int KEY_LENGTH = 16;
    private static final int LONGEST_NAME = 60;

    static Question of(ObjectNode asked, List<String> ignored) {
        ObjectNode compared = sorted(asked);
        ignored.forEach(path -> remove(compared, path));
        leaveOutSilentDialects(compared);
        return new Question(asked, compared);
    }

    /** Which API a call came through makes no difference, where it brought nothing of its own. */
    private static void leaveOutSilentDialects(ObjectNode compared) {
        if (compared.path("parameters") instanceof ObjectNode dialects) {
            for (String name : List.copyOf(dialects.propertyNames())) {
                if (dialects.path(name).isObject() && dialects.path(name).isEmpty()) {
                    dialects.remove(name);
                }
            }
            if (dialects.isEmpty()) {
                compared.remove("parameters");
            }
        }
    }

    String key() {
        return MediaShelf.hash(Json.bytes(compared)).substring(0, KEY_LENGTH);
    }

    String kind() {
        return Json.text(asked, "kind");
    }

    String model() {
        return Json.text(asked, "model");
    }

    /** The name of its file: people find it by the model and the kind. */
    String fileName() {
        String model = model().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._-]+", "-");
        String shortened =
                model.length() <= LONGEST_NAME ? model : model.substring(0, LONGEST_NAME);
        return "%s.%s.%s.json".formatted(shortened, kind(), key());
    }

    private static ObjectNode sorted(ObjectNode object) {
        TreeMap<String, JsonNode> fields = new TreeMap<>();
        object.forEachEntry((name, value) -> fields.put(name, sorted(value)));
        ObjectNode sorted = Json.object();
        fields.forEach(sorted::set);
        return sorted;
    }

    private static JsonNode sorted(JsonNode node) {
        return switch (node) {
            case ObjectNode object -> sorted(object);
            case ArrayNode array -> {
                ArrayNode sorted = Json.array();
                array.forEach(item -> sorted.add(sorted(item)));
                yield sorted;
            }
            default -> node;
        };
    }

    /** Removes the field that the path leads to, and what is empty then. */
    private static void remove(ObjectNode object, String path) {
        String[] names = path.split("\\.");
        JsonNode holder = object;
        for (String name : Arrays.copyOf(names, names.length - 1)) {
            holder = holder.path(name);
        }
        if (holder instanceof ObjectNode parent && names.length > 0) {
            parent.remove(names[names.length - 1]);
            if (parent.isEmpty() && names.length > 1) {
                remove(object, String.join(".", Arrays.copyOf(names, names.length - 1)));
            }
        }
    }
}
