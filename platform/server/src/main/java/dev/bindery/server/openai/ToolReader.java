package dev.bindery.server.openai;

import dev.bindery.api.JsonObject;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tools that a model may call, and whether it must. */
final class ToolReader {
    private ToolReader() {}

    static List<Tool> tools(Fields body) {
        return body.list("tools").stream().map(element -> tool(element.object())).toList();
    }

    private static Tool tool(Fields tool) {
        Fields function = function(tool);
        Element parameters = function.element("parameters");
        return Tool.builder(function.requiredText("name"))
                .description(function.text("description"))
                .parameters(parameters == null ? JsonObject.EMPTY : schema(parameters))
                .strict(function.isSet("strict"))
                .build();
    }

    static @Nullable ToolChoice choice(Fields body) {
        Element choice = body.element("tool_choice");
        if (choice == null) {
            return null;
        }
        if (choice.isObject()) {
            return ToolChoice.tool(function(choice.object()).requiredText("name"));
        }
        if (!choice.isText()) {
            throw choice.wrong("none, auto, required, or an object that names a function");
        }
        return switch (choice.text()) {
            case "auto" -> ToolChoice.AUTO;
            case "none" -> ToolChoice.NONE;
            case "required" -> ToolChoice.REQUIRED;
            default ->
                    throw choice.wrong("none, auto, required, or an object that names a function");
        };
    }

    private static Fields function(Fields tool) {
        Element type = tool.required("type");
        if (!type.text().equals("function")) {
            throw type.wrong("function, the one kind of tool that this API knows");
        }
        return tool.required("function").object();
    }

    static JsonObject schema(Element schema) {
        schema.object();
        return (JsonObject) schema.json();
    }
}
