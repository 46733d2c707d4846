package dev.bindery.server.openai.responses;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.openai.AllowedTools;
import java.util.List;

/** Reads the functions that a model may call, and whether it must. */
final class ToolReader {
    private ToolReader() {}

    static void read(Fields body, GenerationRequest.Builder request, Settings settings) {
        Element tools = body.element("tools");
        settings.value("tools", tools, "[]");
        List<Tool> known =
                tools == null
                        ? List.of()
                        : tools.list().stream().map(tool -> tool(tool.object())).toList();
        request.tools(known);
        Element choice = body.element("tool_choice");
        settings.value("tool_choice", choice, "\"auto\"");
        if (choice != null) {
            choice(choice, known, request);
        }
        Boolean parallel = body.flag("parallel_tool_calls");
        settings.flag("parallel_tool_calls", !Boolean.FALSE.equals(parallel));
        request.parallelTools(parallel);
    }

    private static Tool tool(Fields tool) {
        ofFunction(tool.required("type"));
        Element parameters = tool.element("parameters");
        return Tool.builder(tool.requiredText("name"))
                .description(tool.text("description"))
                .parameters(parameters == null ? JsonObject.EMPTY : schema(parameters))
                .strict(tool.isSet("strict"))
                .build();
    }

    private static JsonObject schema(Element schema) {
        schema.object();
        return (JsonObject) schema.json();
    }

    private static void choice(
            Element choice, List<Tool> tools, GenerationRequest.Builder request) {
        if (!choice.isObject()) {
            request.toolChoice(mode(choice));
            return;
        }
        Fields fields = choice.object();
        Element type = fields.required("type");
        if (type.text().equals(AllowedTools.TYPE)) {
            AllowedTools.read(fields, "", tools, request);
        } else {
            ofFunction(type);
            request.toolChoice(ToolChoice.tool(fields.requiredText("name")));
        }
    }

    private static ToolChoice mode(Element choice) {
        return switch (choice.text()) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED;
            default ->
                    throw choice.wrong("none, auto, required, or an object that names a function");
        };
    }

    private static void ofFunction(Element type) {
        if (!type.text().equals("function")) {
            throw ResponseReader.unsupported(
                    type.name(),
                    type.text().equals("custom")
                            ? "'custom' tools take bare text, which no other API has; send functions"
                            : "'%s' is a tool that would run here; this server runs none, so send functions"
                                    .formatted(type.text()));
        }
    }
}
