package dev.bindery.binding.anthropic;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the tools that the model may call, and whether it must. */
final class ToolFields {
    private static final String TYPE = "type";

    private ToolFields() {}

    static void write(ObjectNode body, GenerationRequest request) {
        if (request.tools().isEmpty()) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        request.tools().forEach(tool -> tools.add(tool(tool)));
        boolean single = !request.parallelTools().orElse(true);
        if (request.toolChoice().isPresent() || single) {
            ObjectNode choice = choice(request.toolChoice().orElse(ToolChoice.AUTO));
            if (request.parallelTools().isPresent() && !Json.text(choice, TYPE).equals("none")) {
                choice.put("disable_parallel_tool_use", single);
            }
            body.set("tool_choice", choice);
        }
    }

    private static ObjectNode tool(Tool tool) {
        ObjectNode written = Json.object().put("name", tool.name());
        tool.description().ifPresent(text -> written.put("description", text));
        ObjectNode schema = (ObjectNode) Json.node(tool.parameters());
        if (!schema.has(TYPE)) {
            schema.put(TYPE, "object");
        }
        written.set("input_schema", schema);
        if (tool.strict()) {
            written.put("strict", true);
        }
        tool.cacheHint().ifPresent(hint -> BlockWriter.cache(written, hint));
        return written;
    }

    private static ObjectNode choice(ToolChoice choice) {
        return switch (choice.mode()) {
            case "auto", "none" -> Json.object().put(TYPE, choice.mode());
            case "required" -> Json.object().put(TYPE, "any");
            case "tool" -> Json.object().put(TYPE, "tool").put("name", choice.tool().orElse(""));
            default ->
                    throw BindingException.unsupported(
                            "the tool choice %s; there are auto, none, required and a tool's name"
                                    .formatted(choice.mode()));
        };
    }
}
