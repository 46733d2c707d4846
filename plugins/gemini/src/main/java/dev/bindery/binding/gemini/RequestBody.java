package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.http.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body of {@code generateContent}. */
final class RequestBody {
    private final GeminiOptions options;

    RequestBody(GeminiOptions options) {
        this.options = options;
    }

    ObjectNode of(GenerationRequest request) {
        ObjectNode body = conversation(request);
        ObjectNode config = new ConfigWriter(options).of(request);
        if (!config.isEmpty()) {
            body.set("generationConfig", config);
        }
        safety(body);
        forward(body, config, request.parameters().object("openai"));
        return body;
    }

    /** What is read before the answer begins: the turns, the instructions, the tools. */
    ObjectNode conversation(GenerationRequest request) {
        Chat chat =
                request.chat()
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "a raw prompt: Gemini takes chats only"));
        ObjectNode body = Json.object();
        boolean signed = ModelKind.of(request.model()).thinkingLevels();
        new ContentWriter(chat, new PartWriter(options.imageLimit()), signed).writeTo(body);
        new ToolWriter(options).write(body, request);
        return body;
    }

    private void safety(ObjectNode body) {
        if (options.safetySettings().isEmpty()) {
            return;
        }
        ArrayNode settings = body.putArray("safetySettings");
        options.safetySettings()
                .toJava()
                .forEach((category, threshold) ->
                        settings.addObject()
                                .put("category", category)
                                .put("threshold", String.valueOf(threshold)));
    }

    /** What Google's own layer for OpenAI's clients takes from them: {@code extra_body.google}. */
    private static void forward(ObjectNode body, ObjectNode config, JsonObject parameters) {
        JsonObject google = parameters.object("extra_body").object("google");
        JsonNode sent = Json.node(google.isEmpty() ? parameters.object("google") : google);
        if (sent.has("cached_content")) {
            body.set("cachedContent", sent.path("cached_content"));
        }
        if (sent.has("thinking_config")) {
            config.set("thinkingConfig", sent.path("thinking_config"));
            body.set("generationConfig", config);
        }
    }
}
