package dev.bindery.host.instance;

import dev.bindery.api.Isolation;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.host.Placement;
import dev.bindery.host.document.YamlDocument;
import dev.bindery.host.document.YamlFields;
import dev.bindery.host.document.YamlText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** An instance as the text of its file, where only what differs is touched: comments stay. */
final class InstanceText {
    private InstanceText() {}

    /** What the file is to be. */
    static String of(Path file, InstanceConfig config) throws IOException {
        String called = file.getFileName().toString();
        String before = Files.exists(file) ? YamlText.read(called, file) : "";
        YamlDocument document = YamlDocument.parse(called, before);
        wanted(config).forEach((name, value) -> put(document, name, value));
        return document.text();
    }

    private static Map<String, JsonValue> wanted(InstanceConfig config) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        fields.put("binding", JsonValue.of(config.binding()));
        fields.put("settings", config.settings());
        fields.put("default_model", text(config.defaultModel()));
        fields.put("aliases", JsonObject.ofMap(config.aliases()));
        fields.put("enabled", config.enabled() ? JsonNull.NULL : JsonValue.of(false));
        fields.put("limits", config.limits());
        Placement placement = config.placement();
        fields.put("isolation", text(placement.isolation().map(Isolation::yamlName)));
        fields.put("memory", text(placement.memory()));
        fields.put("calls", texts(config.calls().entries()));
        return fields;
    }

    private static JsonValue texts(List<String> texts) {
        return texts.isEmpty()
                ? JsonNull.NULL
                : new JsonArray(texts.stream().map(JsonValue::of).toList());
    }

    private static JsonValue text(Optional<String> text) {
        return text.map(JsonValue::of).orElse(JsonNull.NULL);
    }

    private static void put(YamlDocument document, String name, JsonValue wanted) {
        YamlFields fields = document.fields();
        if (wanted instanceof JsonObject map) {
            JsonObject found = fields.map(name).map(YamlFields::json).orElse(JsonObject.EMPTY);
            found.fields().keySet().stream()
                    .filter(key -> map.field(key).isEmpty())
                    .forEach(key -> document.set(List.of(name, key), null));
            map.fields()
                    .forEach((key, value) -> {
                        if (!found.field(key).equals(Optional.of(value))) {
                            document.set(List.of(name, key), value.toJava());
                        }
                    });
        } else if (!fields.value(name).equals(wanted)) {
            document.set(List.of(name), wanted.toJava());
        }
    }
}
