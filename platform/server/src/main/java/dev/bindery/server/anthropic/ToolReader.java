package dev.bindery.server.anthropic;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.server.answer.CacheControl;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;

/** Reads the tools that a model may call, and whether it must. */
final class ToolReader {
    private ToolReader() {}

    static List<Tool> tools(Fields body) {
        return body.list("tools").stream().map(tool -> tool(tool.object())).toList();
    }

    private static Tool tool(Fields tool) {
        Element type = tool.element("type");
        if (type != null && !type.text().equals("custom")) {
            throw Unsupported.of(
                    type.name(),
                    "'%s' is a tool of Anthropic's own; send custom tools, with an input_schema"
                            .formatted(type.text()));
        }
        Element schema = tool.required("input_schema");
        schema.object();
        return Tool.builder(tool.requiredText("name"))
                .description(tool.text("description"))
                .parameters((JsonObject) schema.json())
                .strict(tool.isSet("strict"))
                .cacheHint(CacheControl.read(tool))
                .build();
    }

    static void choice(Fields body, GenerationRequest.Builder request) {
        Fields choice = body.object("tool_choice");
        if (choice == null) {
            return;
        }
        Element type = choice.required("type");
        request.toolChoice(
                switch (type.text()) {
                    case "auto" -> ToolChoice.AUTO;
                    case "any" -> ToolChoice.REQUIRED;
                    case "none" -> ToolChoice.NONE;
                    case "tool" -> ToolChoice.tool(choice.requiredText("name"));
                    default -> throw type.wrong("auto, any, tool or none");
                });
        Boolean oneAtATime = choice.flag("disable_parallel_tool_use");
        request.parallelTools(oneAtATime == null ? null : !oneAtATime);
    }
}
