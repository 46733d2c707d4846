package dev.bindery.binding.anthropic;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import dev.bindery.http.Json;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request as the body of {@code /v1/messages}, or of its counting. */
final class MessageBody {
    static final String DIALECT = "anthropic";

    private static final Set<String> KNOWN =
            Set.of(
                    "cache_control",
                    "context_management",
                    "diagnostics",
                    "inference_geo",
                    "metadata",
                    "service_tier",
                    "speed");

    private static final double LEAST_TOP_P_OF_THOUGHT = 0.95;

    private final AnthropicSettings settings;
    private final GenerationRequest request;
    private final ClaudeModel model;

    MessageBody(AnthropicSettings settings, GenerationRequest request) {
        this.settings = settings;
        this.request = request;
        this.model = ClaudeModel.of(request.model());
    }

    /** What is to be answered. */
    ObjectNode message() {
        ObjectNode body = counted();
        body.put("max_tokens", limit(ThinkingFields.budget(body)));
        sampling(body, request.sampling());
        if (request.streaming()) {
            body.put("stream", true);
        }
        forward(body);
        return body;
    }

    /** What counts as input. */
    ObjectNode counted() {
        Chat chat =
                request.chat()
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "Anthropic's API takes chats only; send messages, not a prompt"));
        ObjectNode body = Json.object().put("model", request.model());
        BlockWriter blocks = new BlockWriter(settings.imageLimit());
        Conversation conversation = new Conversation(blocks, settings.systemTurns(model));
        chat.messages().forEach(conversation::add);
        conversation.writeTo(body);
        ToolFields.write(body, request);
        new ThinkingFields(settings.adaptive(model)).write(body, request);
        format(body, request.responseFormat());
        return body;
    }

    /** The API counts the thoughts in, and refuses a limit that leaves nothing beside them. */
    private int limit(int budget) {
        int limit = request.maxTokens().orElse(settings.maxTokens());
        boolean apart = BetaFeatures.of(settings, request).interleavedThinking();
        return budget >= limit && !apart ? limit + budget : limit;
    }

    /**
     * What the API does not know of is left out; its scale of temperature ends at 1. Where it is to
     * think, it refuses what makes tokens less free.
     */
    private void sampling(ObjectNode body, Sampling sampling) {
        boolean thinks = ThinkingFields.wasTranslated(request) && ThinkingFields.thinks(body);
        double leastTopP = thinks ? LEAST_TOP_P_OF_THOUGHT : 0;
        if (!thinks) {
            sampling.temperature().ifPresent(value -> body.put("temperature", Math.min(1, value)));
            sampling.topK().ifPresent(value -> body.put("top_k", value));
        }
        sampling.topP().ifPresent(value -> body.put("top_p", Math.max(leastTopP, value)));
        if (!sampling.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop_sequences");
            sampling.stop().forEach(stop::add);
        }
    }

    private static void format(ObjectNode body, ResponseFormat format) {
        switch (format.kind()) {
            case "text" -> {}
            case "json_schema" ->
                    ThinkingFields.outputConfig(body)
                            .putObject("format")
                            .put("type", "json_schema")
                            .set("schema", Json.node(format.schema().orElse(JsonObject.EMPTY)));
            default ->
                    throw BindingException.unsupported(
                            "the response format %s; Anthropic's API has text and json_schema"
                                    .formatted(format.kind()));
        }
    }

    /** Adds what the client sent in Anthropic's own terms, where the server is known to know it. */
    private void forward(ObjectNode body) {
        request.parameters()
                .object(DIALECT)
                .fields()
                .forEach((name, value) -> {
                    boolean wanted =
                            KNOWN.contains(name) || settings.forwardParameters().contains(name);
                    if (wanted && !body.has(name)) {
                        body.set(name, Json.node(value));
                    }
                });
    }
}
