package dev.bindery.host.document;

import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonBoolean;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/**
 * The fields of one map of a document. Every accessor throws {@link DocumentException}, with file,
 * line and field, for a value of another kind than asked for.
 */
public final class YamlFields {
    private final String file;
    private final String path;
    private final Map<String, Node> nodes = new LinkedHashMap<>();
    private final Map<String, Integer> lines = new LinkedHashMap<>();

    YamlFields(String file, String path, MappingNode map) {
        this.file = file;
        this.path = path;
        for (NodeTuple field : map.getValue()) {
            ScalarNode key = (ScalarNode) field.getKeyNode();
            nodes.put(key.getValue(), field.getValueNode());
            lines.put(
                    key.getValue(),
                    key.getStartMark() == null ? 1 : key.getStartMark().getLine() + 1);
        }
    }

    public Collection<String> names() {
        return nodes.keySet();
    }

    /** Refuses every field that is not among those. */
    public void allowOnly(Collection<String> allowed) {
        for (String name : nodes.keySet()) {
            if (!allowed.contains(name)) {
                throw problem(name, "unknown field; allowed: " + String.join(", ", allowed));
            }
        }
    }

    /** The text of a field that must be there and not be empty. */
    public String requiredText(String name) {
        String text = text(name).orElse("");
        if (text.isBlank()) {
            throw new DocumentException(
                    "%s: the field %s is missing; it needs a text".formatted(file, path + name));
        }
        return text;
    }

    /** The field's plain value as it is written: a number or a truth value counts as text. */
    public Optional<String> text(String name) {
        return switch (nodes.get(name)) {
            case null -> Optional.empty();
            case ScalarNode scalar when JsonOf.node(scalar) instanceof JsonNull -> Optional.empty();
            case ScalarNode scalar -> Optional.of(scalar.getValue());
            default -> throw problem(name, "expected a text");
        };
    }

    public Optional<Boolean> flag(String name) {
        return switch (value(name)) {
            case JsonNull _ -> Optional.empty();
            case JsonBoolean flag -> Optional.of(flag.value());
            case JsonValue other ->
                    throw problem(name, "found %s, expected true or false".formatted(other));
        };
    }

    public Optional<Long> whole(String name) {
        return switch (value(name)) {
            case JsonNull _ -> Optional.empty();
            case JsonLong number -> Optional.of(number.value());
            case JsonValue other ->
                    throw problem(name, "found %s, expected a whole number".formatted(other));
        };
    }

    /** The field's list of texts; empty when it is not there. */
    public List<String> texts(String name) {
        return switch (value(name)) {
            case JsonNull _ -> List.of();
            case JsonArray list -> list.items().stream().map(item -> text(name, item)).toList();
            case JsonValue other ->
                    throw problem(name, "found %s, expected a list of texts".formatted(other));
        };
    }

    private String text(String name, JsonValue item) {
        if (item instanceof JsonString text) {
            return text.value();
        }
        throw problem(name, "found %s, expected a text".formatted(item));
    }

    /** The field's list of maps; empty when it is not there. */
    public List<YamlFields> maps(String name) {
        return switch (nodes.get(name)) {
            case null -> List.of();
            case SequenceNode list -> maps(name, list);
            default -> throw problem(name, "expected a list");
        };
    }

    private List<YamlFields> maps(String name, SequenceNode list) {
        List<YamlFields> all = new ArrayList<>();
        for (Node item : list.getValue()) {
            if (!(item instanceof MappingNode map)) {
                throw problem(name, "expected a list of `{name: value}`");
            }
            all.add(new YamlFields(file, "%s%s[%d].".formatted(path, name, all.size()), map));
        }
        return all;
    }

    /** The field's map; absent when it is not there, or nothing but comments stands below it. */
    public Optional<YamlFields> map(String name) {
        return switch (nodes.get(name)) {
            case null -> Optional.empty();
            case ScalarNode scalar when JsonOf.node(scalar) instanceof JsonNull -> Optional.empty();
            case MappingNode map -> Optional.of(new YamlFields(file, path + name + ".", map));
            default -> throw problem(name, "expected a map of `name: value`");
        };
    }

    /** The field's value, whatever it is; {@link JsonNull} when it is not there. */
    public JsonValue value(String name) {
        Node node = nodes.get(name);
        if (node == null) {
            return JsonNull.NULL;
        }
        try {
            return JsonOf.node(node);
        } catch (IllegalArgumentException e) {
            throw problem(name, String.valueOf(e.getMessage()));
        }
    }

    /** All fields as one value. */
    public JsonObject json() {
        Map<String, JsonValue> all = new LinkedHashMap<>();
        nodes.keySet().forEach(name -> all.put(name, value(name)));
        return new JsonObject(all);
    }

    /** An error about that field. */
    public DocumentException problem(String name, @Nullable String what) {
        Integer line = lines.get(name);
        return new DocumentException(
                line == null
                        ? "%s: %s: %s".formatted(file, path + name, what)
                        : "%s, line %d: %s: %s".formatted(file, line, path + name, what));
    }
}
