package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Writes the tools of a request, and which of them the model shall call. Google's own tools stand
 * in only where the request has none: most models refuse both together.
 */
final class ToolWriter {
    private final GeminiOptions options;

    ToolWriter(GeminiOptions options) {
        this.options = options;
    }

    void write(ObjectNode body, GenerationRequest request) {
        if (request.tools().isEmpty()) {
            googleTools(body);
            return;
        }
        ArrayNode functions = body.putArray("tools").addObject().putArray("functionDeclarations");
        request.tools().forEach(tool -> functions.add(declaration(tool)));
        boolean strict = request.tools().stream().anyMatch(Tool::strict);
        ToolChoice choice = request.toolChoice().orElse(ToolChoice.AUTO);
        if (strict || request.toolChoice().isPresent()) {
            body.putObject("toolConfig").set("functionCallingConfig", config(choice, strict));
        }
    }

    private void googleTools(ObjectNode body) {
        if (!options.googleTools().isEmpty()) {
            ArrayNode tools = body.putArray("tools");
            options.googleTools().forEach(name -> tools.addObject().putObject(name));
        }
    }

    private ObjectNode declaration(Tool tool) {
        ObjectNode written = Json.object().put("name", tool.name());
        tool.description().ifPresent(text -> written.put("description", text));
        if (tool.parameters().isEmpty()) {
            return written;
        }
        if (options.schemaForm() == SchemaForm.OPENAPI) {
            written.set("parameters", OpenApiSchema.of(Json.node(tool.parameters())));
        } else {
            written.set("parametersJsonSchema", Json.node(tool.parameters()));
        }
        return written;
    }

    private static ObjectNode config(ToolChoice choice, boolean strict) {
        ObjectNode config = Json.object();
        return switch (choice.mode()) {
            case "auto" -> config.put("mode", strict ? "VALIDATED" : "AUTO");
            case "none" -> config.put("mode", "NONE");
            case "required" -> config.put("mode", "ANY");
            case "tool" -> {
                config.put("mode", "ANY");
                config.putArray("allowedFunctionNames").add(choice.tool().orElse(""));
                yield config;
            }
            default ->
                    throw BindingException.unsupported(
                            "the tool choice %s; there are auto, none, required and a tool's name"
                                    .formatted(choice.mode()));
        };
    }
}
