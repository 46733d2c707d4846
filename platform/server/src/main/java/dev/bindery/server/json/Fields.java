package dev.bindery.server.json;

import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.server.http.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * An object of a request's body, read field by field. Each method takes a field once and for all:
 * what nobody took is the {@link #rest()}. A field that is null counts as absent. A value of the
 * wrong kind is refused with the field's full name, what was found and what was expected. For one
 * thread.
 */
public final class Fields {
    private final String path;
    private final ObjectNode object;
    private final Set<String> taken = new HashSet<>();

    Fields(String path, ObjectNode object) {
        this.path = path;
        this.object = object;
    }

    /** The full name of a field: {@code messages[0].content}. */
    public String name(String field) {
        return path.isEmpty() ? field : path + "." + field;
    }

    /** Any value. */
    public @Nullable Element element(String field) {
        taken.add(field);
        JsonNode value = object.get(field);
        return value == null || value.isNull() ? null : new Element(name(field), value);
    }

    /** A value that must be there. */
    public Element required(String field) {
        Element value = element(field);
        if (value == null) {
            throw Refusal.invalid("%s is required".formatted(name(field))).about(name(field));
        }
        return value;
    }

    public @Nullable String text(String field) {
        Element value = element(field);
        return value == null ? null : value.text();
    }

    public String requiredText(String field) {
        return required(field).text();
    }

    public @Nullable Boolean flag(String field) {
        Element value = element(field);
        return value == null ? null : value.flag();
    }

    /** A boolean that is false where it is absent. */
    public boolean isSet(String field) {
        return Boolean.TRUE.equals(flag(field));
    }

    /**
     * A boolean that is false where it is absent; an object of that name means something else and
     * stays in the rest.
     */
    public boolean isSetOrObject(String field) {
        JsonNode value = object.get(field);
        return (value == null || !value.isObject()) && isSet(field);
    }

    public @Nullable Double number(String field, double least, double greatest) {
        Element value = element(field);
        return value == null ? null : value.number(least, greatest);
    }

    public @Nullable Long whole(String field, long least, long greatest) {
        Element value = element(field);
        return value == null ? null : value.whole(least, greatest);
    }

    public @Nullable Integer count(String field, int least, int greatest) {
        Long value = whole(field, least, greatest);
        return value == null ? null : Integer.valueOf(value.intValue());
    }

    /** Whether the field is that very number; it is taken then. */
    public boolean isWhole(String field, long value) {
        JsonNode node = object.get(field);
        boolean same =
                node != null
                        && node.isIntegralNumber()
                        && node.canConvertToLong()
                        && node.longValue() == value;
        if (same) {
            taken.add(field);
        }
        return same;
    }

    public @Nullable Fields object(String field) {
        Element value = element(field);
        return value == null ? null : value.object();
    }

    /** The elements of a list; empty where it is absent. */
    public List<Element> list(String field) {
        Element value = element(field);
        return value == null ? List.of() : value.list();
    }

    /** The object's fields by name as they stand, nulls left out. */
    public Map<String, Element> all() {
        Map<String, Element> all = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            Element value = element(field.getKey());
            if (value != null) {
                all.put(field.getKey(), value);
            }
        }
        return all;
    }

    /** The names of the fields that are null. */
    public List<String> nulls() {
        return object.properties().stream()
                .filter(field -> field.getValue().isNull())
                .map(Map.Entry::getKey)
                .toList();
    }

    /** Whether the field is there, and null. */
    public boolean isNull(String field) {
        JsonNode value = object.get(field);
        return value != null && value.isNull();
    }

    /** What no method has taken yet, nulls left out. */
    public JsonObject rest() {
        Map<String, JsonValue> rest = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            if (!taken.contains(field.getKey()) && !field.getValue().isNull()) {
                rest.put(
                        Element.wellFormed(field.getKey(), field.getKey()),
                        new Element(name(field.getKey()), field.getValue()).json());
            }
        }
        return new JsonObject(rest);
    }

    /**
     * The {@link #rest()} of a request to an LLM API as the contract hands it on: under the dialect
     * that it came in by.
     */
    public JsonObject restOf(String dialect) {
        try {
            return JsonObject.of(dialect, rest());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    static List<Element> elements(String path, ArrayNode array) {
        List<Element> elements = new ArrayList<>(array.size());
        for (int i = 0; i < array.size(); i++) {
            elements.add(new Element(path + "[" + i + "]", array.get(i)));
        }
        return elements;
    }
}
