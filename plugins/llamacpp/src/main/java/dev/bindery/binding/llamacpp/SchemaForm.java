package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A JSON schema in the form in which this llama.cpp makes a grammar of it. What it cannot say is
 * refused: where its grammar is broken it answers without any, and some patterns end the process.
 */
final class SchemaForm {
    private static final Set<String> OF_SCHEMAS = Set.of("properties", "$defs", "definitions");
    private static final Set<String> COUNTS =
            Set.of("minLength", "maxLength", "minItems", "maxItems");
    private static final Set<String> REMARKS =
            Set.of("title", "description", "default", "examples", "$comment");

    private SchemaForm() {}

    /**
     * @throws BindingException UNSUPPORTED or INVALID_REQUEST, naming what cannot be said
     */
    static JsonObject of(JsonObject schema) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        schema.fields().forEach((name, value) -> fields.put(name, field(name, value)));
        return new JsonObject(fields);
    }

    private static JsonValue field(String name, JsonValue value) {
        if (REMARKS.contains(name)) {
            return value;
        }
        if (COUNTS.contains(name)) {
            return count(name, value);
        }
        return switch (name) {
            case "const" -> literal(value);
            case "enum" -> choices(value);
            case "pattern" ->
                    value instanceof JsonString text
                            ? new JsonString(PatternForm.of(text.value()))
                            : value;
            case "$ref" -> reference(value);
            default -> OF_SCHEMAS.contains(name) ? named(value) : within(value);
        };
    }

    private static JsonValue count(String name, JsonValue value) {
        if (value instanceof JsonLong number && number.value() < 0) {
            throw BindingException.invalidRequest(
                    "the JSON schema has %s %d; it cannot be less than 0"
                            .formatted(name, number.value()));
        }
        return value;
    }

    private static JsonValue choices(JsonValue value) {
        if (!(value instanceof JsonArray all) || all.items().isEmpty()) {
            throw BindingException.invalidRequest(
                    "the JSON schema has an enum of %s; it has to be a list with a value at least"
                            .formatted(value));
        }
        return literal(value);
    }

    private static JsonValue reference(JsonValue value) {
        if (value instanceof JsonString text && text.value().contains("://")) {
            throw BindingException.unsupported(
                    "the JSON schema's $ref %s: nothing is fetched; put it under $defs"
                            .formatted(text.value()));
        }
        return value;
    }

    /** Schemas by names that are the schema's own. */
    private static JsonValue named(JsonValue value) {
        if (!(value instanceof JsonObject schemas)) {
            return value;
        }
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        schemas.fields().forEach((name, schema) -> fields.put(checked(name), within(schema)));
        return new JsonObject(fields);
    }

    private static JsonValue within(JsonValue value) {
        return switch (value) {
            case JsonObject schema -> of(schema);
            case JsonArray list ->
                    new JsonArray(list.items().stream().map(SchemaForm::within).toList());
            default -> value;
        };
    }

    /** A value that the answer has to have as it stands here. */
    private static JsonValue literal(JsonValue value) {
        strings(value).forEach(SchemaForm::checked);
        return value;
    }

    private static List<String> strings(JsonValue value) {
        return switch (value) {
            case JsonString text -> List.of(text.value());
            case JsonArray list ->
                    list.items().stream().flatMap(item -> strings(item).stream()).toList();
            case JsonObject map -> {
                List<String> all = new ArrayList<>(map.fields().keySet());
                map.fields().values().forEach(item -> all.addAll(strings(item)));
                yield all;
            }
            default -> List.of();
        };
    }

    /** What JSON has to escape, the grammar of this llama.cpp does not. */
    private static String checked(String literal) {
        if (literal.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\')) {
            throw BindingException.unsupported(
                    "the JSON schema has the name or value %s: this llama.cpp holds no answer to quotes, backslashes and line breaks in those"
                            .formatted(new JsonString(literal)));
        }
        return literal;
    }
}
