package dev.bindery.server.openai;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.server.answer.CacheControl;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads the tools that a model may call, and whether it must. */
final class ToolReader {
    private ToolReader() {}

    static void read(Fields body, GenerationRequest.Builder request) {
        refuse(body, "functions", "send tools in its place");
        refuse(body, "function_call", "send tool_choice in its place");
        List<Tool> tools =
                body.list("tools").stream().map(element -> tool(element.object())).toList();
        request.tools(tools).parallelTools(body.flag("parallel_tool_calls"));
        Element choice = body.element("tool_choice");
        if (choice == null) {
            return;
        }
        if (choice.isObject()) {
            choice(choice.object(), tools, request);
        } else {
            request.toolChoice(mode(choice));
        }
    }

    /** What would be another answer without it is not left out in silence. */
    private static void refuse(Fields body, String field, String instead) {
        Element found = body.element(field);
        if (found != null && (!found.isList() || !found.list().isEmpty())) {
            throw Refusal.of(
                            400,
                            ErrorCode.UNSUPPORTED.name(),
                            "%s: this field of old is not served; %s".formatted(field, instead))
                    .about(field);
        }
    }

    private static Tool tool(Fields tool) {
        Fields function = function(tool);
        Element parameters = function.element("parameters");
        return Tool.builder(function.requiredText("name"))
                .description(function.text("description"))
                .parameters(parameters == null ? JsonObject.EMPTY : schema(parameters))
                .strict(function.isSet("strict"))
                .cacheHint(CacheControl.read(tool))
                .build();
    }

    private static void choice(Fields choice, List<Tool> tools, GenerationRequest.Builder request) {
        if (choice.required("type").text().equals(AllowedTools.TYPE)) {
            Fields allowed = choice.required(AllowedTools.TYPE).object();
            AllowedTools.read(allowed, "function", tools, request);
        } else {
            request.toolChoice(ToolChoice.tool(function(choice).requiredText("name")));
        }
    }

    private static ToolChoice mode(Element choice) {
        @Nullable ToolChoice mode =
                switch (choice.isText() ? choice.text() : "") {
                    case "auto" -> ToolChoice.AUTO;
                    case "none" -> ToolChoice.NONE;
                    case "required" -> ToolChoice.REQUIRED;
                    default -> null;
                };
        if (mode == null) {
            throw choice.wrong("none, auto, required, or an object that names a function");
        }
        return mode;
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
