package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.http.Json;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the tools that the model may call, and whether it must. */
final class ToolFields {
    private ToolFields() {}

    /**
     * Converse cannot be told to call nothing, and refuses a conversation with calls and without
     * tools: those that were called are then named, and are not to be called again.
     *
     * @param called the tools that were called so far
     */
    static void write(ObjectNode body, GenerationRequest request, Set<String> called) {
        boolean none = request.toolChoice().filter(ToolChoice.NONE::equals).isPresent();
        ArrayNode tools = Json.array();
        if (!none || !called.isEmpty()) {
            request.tools().forEach(tool -> add(tools, tool));
        }
        if (tools.isEmpty()) {
            called.forEach(name -> add(tools, Tool.builder(name).description("(gone)").build()));
        }
        if (tools.isEmpty()) {
            return;
        }
        ObjectNode config = body.putObject("toolConfig");
        config.set("tools", tools);
        if (!request.tools().isEmpty()) {
            request.toolChoice()
                    .flatMap(ToolFields::choice)
                    .ifPresent(choice -> config.set("toolChoice", choice));
        }
    }

    private static void add(ArrayNode tools, Tool tool) {
        ObjectNode spec = tools.addObject().putObject("toolSpec").put("name", tool.name());
        tool.description()
                .filter(text -> !text.isBlank())
                .ifPresent(text -> spec.put("description", text));
        ObjectNode schema = (ObjectNode) Json.node(tool.parameters());
        if (!schema.has("type")) {
            schema.put("type", "object");
        }
        spec.putObject("inputSchema").set("json", schema);
        if (tool.strict()) {
            spec.put("strict", true);
        }
        tool.cacheHint().ifPresent(hint -> tools.add(BlockWriter.cachePoint(hint)));
    }

    private static Optional<ObjectNode> choice(ToolChoice choice) {
        ObjectNode written = Json.object();
        switch (choice.mode()) {
            case "none" -> {
                return Optional.empty();
            }
            case "auto" -> written.putObject("auto");
            case "required" -> written.putObject("any");
            case "tool" -> written.putObject("tool").put("name", choice.tool().orElse(""));
            default ->
                    throw BindingException.unsupported(
                            "the tool choice %s; there are auto, none, required and a tool's name"
                                    .formatted(choice.mode()));
        }
        return Optional.of(written);
    }
}
