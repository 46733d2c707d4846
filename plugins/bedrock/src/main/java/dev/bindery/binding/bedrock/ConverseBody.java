package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import dev.bindery.http.Json;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a request as the body of Converse. */
final class ConverseBody {
    /** Tokens of an answer beside a budget for thoughts, where nobody names a limit. */
    private static final int BESIDE_THOUGHTS = 8192;

    private static final double LEAST_TOP_P_OF_THOUGHT = 0.95;

    private final BedrockSettings settings;
    private final GenerationRequest request;

    ConverseBody(BedrockSettings settings, GenerationRequest request) {
        this.settings = settings;
        this.request = request;
    }

    ObjectNode write() {
        Chat chat =
                request.chat()
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "Bedrock's Converse takes chats only; send messages, not a prompt"));
        ObjectNode body = Json.object();
        Conversation conversation = new Conversation(new BlockWriter(settings.imageLimit()));
        chat.messages().forEach(conversation::add);
        conversation.writeTo(body);
        ToolFields.write(body, request, conversation.tools());
        ModelFields own = new ModelFields(request.model(), settings.additionalFields());
        own.writeTo(body, request);
        inference(body, own);
        format(body, request.responseFormat());
        if (!settings.guardrailId().isBlank()) {
            body.putObject("guardrailConfig")
                    .put("guardrailIdentifier", settings.guardrailId().strip())
                    .put("guardrailVersion", settings.guardrailVersion().strip());
        }
        return body;
    }

    /** What is not known here is left out; thoughts count as part of the answer. */
    private void inference(ObjectNode body, ModelFields own) {
        ObjectNode fields = Json.object();
        int budget = own.budget();
        int limit = request.maxTokens().orElse(settings.maxTokens());
        if (budget > 0 && limit == 0) {
            fields.put("maxTokens", budget + BESIDE_THOUGHTS);
        } else if (limit > 0) {
            fields.put("maxTokens", budget >= limit ? limit + budget : limit);
        }
        sampling(fields, own.claudeThinks());
        if (!fields.isEmpty()) {
            body.set("inferenceConfig", fields);
        }
    }

    private void sampling(ObjectNode fields, boolean claudeThinks) {
        Sampling sampling = request.sampling();
        double leastTopP = claudeThinks ? LEAST_TOP_P_OF_THOUGHT : 0;
        if (!claudeThinks) {
            sampling.temperature()
                    .ifPresent(value -> fields.put("temperature", Math.min(1, value)));
        }
        sampling.topP().ifPresent(value -> fields.put("topP", Math.max(leastTopP, value)));
        if (!sampling.stop().isEmpty()) {
            ArrayNode stop = fields.putArray("stopSequences");
            sampling.stop().forEach(stop::add);
        }
    }

    private static void format(ObjectNode body, ResponseFormat format) {
        switch (format.kind()) {
            case "text" -> {}
            case "json_schema" -> {
                ObjectNode text = body.putObject("outputConfig").putObject("textFormat");
                ObjectNode schema =
                        text.put("type", "json_schema")
                                .putObject("structure")
                                .putObject("jsonSchema")
                                .put("name", format.name().orElse("answer"))
                                .put("schema", format.schema().orElse(JsonObject.EMPTY).toString());
                format.description().ifPresent(words -> schema.put("description", words));
            }
            default ->
                    throw BindingException.unsupported(
                            "the response format %s; Bedrock's Converse has text and json_schema"
                                    .formatted(format.kind()));
        }
    }
}
