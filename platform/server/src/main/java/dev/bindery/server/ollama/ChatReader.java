package dev.bindery.server.ollama;

import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Message;
import dev.bindery.api.Tool;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.List;

/** Reads a chat request into the contract's form. */
final class ChatReader {
    private ChatReader() {}

    static GenerationRequest read(Fields body, AskedModel model, List<Message> messages) {
        Options options = Options.of(body);
        return RequestParts.read(body, options, model, Chat.of(messages))
                .tools(body.list("tools").stream().map(tool -> tool(tool.object())).toList())
                .parameters(options.parameters(body))
                .build();
    }

    private static Tool tool(Fields tool) {
        Fields function = tool.required("function").object();
        Element parameters = function.element("parameters");
        return Tool.builder(function.requiredText("name"))
                .description(function.text("description"))
                .parameters(parameters == null ? JsonObject.EMPTY : schema(parameters))
                .build();
    }

    private static JsonObject schema(Element schema) {
        schema.object();
        return (JsonObject) schema.json();
    }
}
