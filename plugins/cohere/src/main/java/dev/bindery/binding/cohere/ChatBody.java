package dev.bindery.binding.cohere;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import dev.bindery.http.Json;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the body of {@code /v2/chat}. */
final class ChatBody {
    private static final Set<String> KNOWN = Set.of("citation_options", "documents", "priority");
    private static final int LOW_BUDGET = 1024;
    private static final int MEDIUM_BUDGET = 8192;

    private final CohereOptions options;

    ChatBody(CohereOptions options) {
        this.options = options;
    }

    ObjectNode of(GenerationRequest request) {
        Chat chat =
                request.chat()
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "a raw prompt: Cohere takes chats only"));
        ObjectNode body = Json.object().put("model", request.model());
        body.set("messages", new MessageWriter(options.imageLimit()).write(chat));
        if (request.streaming()) {
            body.put("stream", true);
        }
        int most = request.maxTokens().orElse(options.maxTokens());
        if (most > 0) {
            body.put("max_tokens", most);
        }
        sampling(body, options.seed().in(request.sampling()));
        if (request.logprobs().isPresent()) {
            body.put("logprobs", true);
        }
        new ToolWriter(body).write(request);
        format(body, request.responseFormat());
        request.reasoning().ifPresent(wanted -> thinking(body.putObject("thinking"), wanted));
        forward(body, request);
        operatorsWishes(body);
        return body;
    }

    private static void sampling(ObjectNode body, Sampling sampling) {
        sampling.temperature().ifPresent(value -> body.put("temperature", value));
        sampling.topP().ifPresent(value -> body.put("p", value));
        sampling.topK().ifPresent(value -> body.put("k", value));
        sampling.presencePenalty().ifPresent(value -> body.put("presence_penalty", value));
        sampling.frequencyPenalty().ifPresent(value -> body.put("frequency_penalty", value));
        sampling.seed().ifPresent(value -> body.put("seed", value));
        if (!sampling.stop().isEmpty()) {
            ArrayNode stop = body.putArray("stop_sequences");
            sampling.stop().forEach(stop::add);
        }
    }

    private static void format(ObjectNode body, ResponseFormat format) {
        switch (format.kind()) {
            case "text" -> {}
            case "json" -> body.putObject("response_format").put("type", "json_object");
            case "json_schema" -> {
                ObjectNode written = body.putObject("response_format").put("type", "json_object");
                format.schema().ifPresent(schema -> written.set("json_schema", Json.node(schema)));
            }
            default ->
                    throw BindingException.unsupported(
                            "the response format %s; there are text, json and json_schema"
                                    .formatted(format.kind()));
        }
    }

    /** Cohere measures in tokens; its own measure stands for thinking thoroughly. */
    private static void thinking(ObjectNode thinking, ReasoningOptions wanted) {
        String effort = wanted.effort().map(Object::toString).orElse("");
        int budget =
                wanted.budgetTokens()
                        .orElse(
                                switch (effort) {
                                    case "none" -> 0;
                                    case "minimal", "low" -> LOW_BUDGET;
                                    case "medium" -> MEDIUM_BUDGET;
                                    default -> -1;
                                });
        thinking.put("type", budget == 0 ? "disabled" : "enabled");
        if (budget > 0) {
            thinking.put("token_budget", budget);
        }
    }

    private static void forward(ObjectNode body, GenerationRequest request) {
        request.parameters()
                .object("openai")
                .fields()
                .forEach((name, value) -> {
                    if (KNOWN.contains(name)) {
                        body.set(name, Json.node(value));
                    }
                });
    }

    /** Cohere refuses a safety mode together with tools or documents. */
    private void operatorsWishes(ObjectNode body) {
        boolean free = !body.has("tools") && !body.has("documents");
        if (free && !options.safetyMode().equals(CohereOptions.DEFAULT)) {
            body.put("safety_mode", options.safetyMode().toUpperCase(Locale.ROOT));
        }
        if (!body.has("citation_options")
                && !options.citationMode().equals(CohereOptions.DEFAULT)) {
            body.putObject("citation_options")
                    .put("mode", options.citationMode().toUpperCase(Locale.ROOT));
        }
    }
}
