package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.http.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes a JSON schema in the subset of OpenAPI 3.0 that Gemini took first. What this form cannot
 * say and only narrows is left out; a reference is refused, since without it the schema says
 * something else.
 */
final class OpenApiSchema {
    private static final Set<String> PLAIN =
            Set.of(
                    "format",
                    "title",
                    "description",
                    "nullable",
                    "enum",
                    "minItems",
                    "maxItems",
                    "minProperties",
                    "maxProperties",
                    "minLength",
                    "maxLength",
                    "minimum",
                    "maximum",
                    "pattern",
                    "default",
                    "required",
                    "propertyOrdering");

    private OpenApiSchema() {}

    static ObjectNode of(JsonNode schema) {
        ObjectNode written = Json.object();
        schema.forEachEntry((name, value) -> write(written, name, value));
        return written;
    }

    private static void write(ObjectNode written, String name, JsonNode value) {
        switch (name) {
            case "type" -> type(written, value);
            case "const" -> written.putArray("enum").add(value);
            case "items" -> written.set(name, of(value));
            case "properties" -> properties(written.putObject(name), value);
            case "anyOf", "oneOf" -> {
                ArrayNode choices = written.putArray("anyOf");
                value.forEach(choice -> choices.add(of(choice)));
            }
            case "$ref" ->
                    throw BindingException.unsupported(
                            "a JSON schema with references; write it without $ref, or set schema_form to json_schema");
            default -> {
                if (PLAIN.contains(name)) {
                    written.set(name, value);
                }
            }
        }
    }

    private static void properties(ObjectNode written, JsonNode properties) {
        properties.forEachEntry((name, property) -> written.set(name, of(property)));
    }

    /** A list of types is one type, perhaps or null; of several, the choice among them. */
    private static void type(ObjectNode written, JsonNode type) {
        if (type.isString()) {
            written.set("type", type);
            return;
        }
        ArrayNode choices = Json.array();
        for (JsonNode one : type) {
            if (one.asString("").equals("null")) {
                written.put("nullable", true);
            } else {
                choices.addObject().set("type", one);
            }
        }
        if (choices.size() == 1) {
            written.set("type", choices.path(0).path("type"));
        } else if (!choices.isEmpty()) {
            written.set("anyOf", choices);
        }
    }
}
