package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Tool;
import dev.bindery.api.ToolChoice;
import dev.bindery.http.Json;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Writes a chat as the body of {@code /chat/completions}. */
final class ChatBody {
    private static final Set<String> KNOWN =
            Set.of(
                    "logit_bias",
                    "metadata",
                    "prediction",
                    "prompt_cache_key",
                    "prompt_cache_retention",
                    "safety_identifier",
                    "service_tier",
                    "store",
                    "user",
                    "verbosity",
                    "web_search_options");

    private final OpenAiOptions options;
    private final Provider provider;

    ChatBody(OpenAiOptions options) {
        this.options = options;
        this.provider = options.provider();
    }

    ObjectNode of(GenerationRequest request, Chat chat) {
        RequestFields fields = new RequestFields(options);
        ObjectNode body = fields.of(request, options.chatLimitField());
        body.set("messages", new MessageWriter(options).write(chat));
        tools(body, request);
        responseFormat(body, request.responseFormat());
        request.reasoning()
                .ifPresent(
                        wanted -> ReasoningField.write(body, provider.reasoningRequest(), wanted));
        request.logprobs().ifPresent(alternatives -> logprobs(body, alternatives));
        fields.forward(body, request.parameters(), KNOWN);
        return new RequestRules(provider).applied(body);
    }

    private void logprobs(ObjectNode body, int alternatives) {
        if (provider.logprobsCount()) {
            body.put("logprobs", Math.max(1, alternatives));
            return;
        }
        body.put("logprobs", true);
        if (alternatives > 0) {
            body.put("top_logprobs", alternatives);
        }
    }

    private void tools(ObjectNode body, GenerationRequest request) {
        if (request.tools().isEmpty() || provider.lacks().contains(Capability.TOOLS)) {
            return;
        }
        ArrayNode tools = body.putArray("tools");
        request.tools().forEach(tool -> tools.add(tool(tool)));
        request.toolChoice().ifPresent(choice -> body.set("tool_choice", choice(choice)));
        request.parallelTools().ifPresent(allowed -> body.put("parallel_tool_calls", allowed));
    }

    private static ObjectNode tool(Tool tool) {
        ObjectNode written = Json.object().put("type", "function");
        ObjectNode function = written.putObject("function").put("name", tool.name());
        tool.description().ifPresent(text -> function.put("description", text));
        if (!tool.parameters().isEmpty()) {
            function.set("parameters", Json.node(tool.parameters()));
        }
        if (tool.strict()) {
            function.put("strict", true);
        }
        return written;
    }

    private static JsonNode choice(ToolChoice choice) {
        return switch (choice.mode()) {
            case "auto", "none", "required" -> JsonNodeFactory.instance.stringNode(choice.mode());
            case "tool" -> {
                ObjectNode named = Json.object().put("type", "function");
                named.putObject("function").put("name", choice.tool().orElse(""));
                yield named;
            }
            default ->
                    throw BindingException.unsupported(
                            "the tool choice %s; there are auto, none, required and a tool's name"
                                    .formatted(choice.mode()));
        };
    }

    private void responseFormat(ObjectNode body, ResponseFormat format) {
        switch (format.kind()) {
            case "text" -> {}
            case "json" -> body.putObject("response_format").put("type", "json_object");
            case "json_schema" -> body.set("response_format", schemaFormat(format));
            default ->
                    throw BindingException.unsupported(
                            "the response format %s; there are text, json and json_schema"
                                    .formatted(format.kind()));
        }
    }

    private ObjectNode schemaFormat(ResponseFormat format) {
        if (provider.schemaIsValue()) {
            ObjectNode written = Json.object().put("type", "json_object");
            written.set("value", Json.node(format.schema().orElse(JsonObject.EMPTY)));
            return written;
        }
        ObjectNode written = Json.object().put("type", "json_schema");
        written.set("json_schema", schema(format));
        return written;
    }

    private static ObjectNode schema(ResponseFormat format) {
        ObjectNode schema = Json.object().put("name", format.name().orElse("answer"));
        format.description().ifPresent(text -> schema.put("description", text));
        schema.set("schema", Json.node(format.schema().orElse(JsonObject.EMPTY)));
        return schema.put("strict", format.strict());
    }
}
