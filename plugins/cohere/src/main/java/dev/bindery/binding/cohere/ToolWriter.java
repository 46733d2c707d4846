package dev.bindery.binding.cohere;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.http.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the tools of a request, and which of them the model shall call. Cohere can be told to call
 * some tool, not which: where one is named, it is the only one that the model sees.
 */
final class ToolWriter {
    private final ObjectNode body;

    ToolWriter(ObjectNode body) {
        this.body = body;
    }

    void write(GenerationRequest request) {
        if (request.tools().isEmpty()) {
            return;
        }
        ToolChoice choice = request.toolChoice().orElse(ToolChoice.AUTO);
        List<Tool> tools = seen(request.tools(), choice);
        ArrayNode written = body.putArray("tools");
        tools.forEach(tool -> written.add(tool(tool)));
        if (tools.stream().allMatch(Tool::strict)) {
            body.put("strict_tools", true);
        }
        switch (choice.mode()) {
            case "auto" -> {}
            case "none" -> body.put("tool_choice", "NONE");
            case "required", "tool" -> body.put("tool_choice", "REQUIRED");
            default ->
                    throw BindingException.unsupported(
                            "the tool choice %s; there are auto, none, required and a tool's name"
                                    .formatted(choice.mode()));
        }
    }

    private static List<Tool> seen(List<Tool> tools, ToolChoice choice) {
        if (choice.tool().isEmpty()) {
            return tools;
        }
        String name = choice.tool().get();
        List<Tool> named = tools.stream().filter(tool -> tool.name().equals(name)).toList();
        if (named.isEmpty()) {
            throw BindingException.invalidRequest(
                    "the tool choice names %s, which is none of the request's tools"
                            .formatted(name));
        }
        return named;
    }

    private static ObjectNode tool(Tool tool) {
        ObjectNode written = Json.object().put("type", "function");
        ObjectNode function = written.putObject("function").put("name", tool.name());
        tool.description().ifPresent(text -> function.put("description", text));
        if (tool.parameters().isEmpty()) {
            function.putObject("parameters").put("type", "object").putObject("properties");
        } else {
            function.set("parameters", Json.node(tool.parameters()));
        }
        return written;
    }
}
