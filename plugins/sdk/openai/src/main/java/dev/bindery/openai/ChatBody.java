package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ReasoningOptions;
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
    private static final int LOW_BUDGET = 2048;
    private static final int MEDIUM_BUDGET = 8192;

    private final OpenAiOptions options;

    ChatBody(OpenAiOptions options) {
        this.options = options;
    }

    ObjectNode of(GenerationRequest request, Chat chat) {
        RequestFields fields = new RequestFields(options);
        ObjectNode body = fields.of(request, options.chatLimitField());
        body.set("messages", new MessageWriter(options).write(chat));
        tools(body, request);
        responseFormat(body, request.responseFormat());
        request.reasoning().ifPresent(wanted -> reasoning(body, wanted));
        request.logprobs()
                .ifPresent(alternatives -> {
                    body.put("logprobs", true);
                    if (alternatives > 0) {
                        body.put("top_logprobs", alternatives);
                    }
                });
        fields.forward(body, request.parameters(), KNOWN);
        return body;
    }

    private static void tools(ObjectNode body, GenerationRequest request) {
        if (request.tools().isEmpty()) {
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

    private static void responseFormat(ObjectNode body, ResponseFormat format) {
        switch (format.kind()) {
            case "text" -> {}
            case "json" -> body.putObject("response_format").put("type", "json_object");
            case "json_schema" ->
                    body.putObject("response_format")
                            .put("type", "json_schema")
                            .set("json_schema", schema(format));
            default ->
                    throw BindingException.unsupported(
                            "the response format %s; there are text, json and json_schema"
                                    .formatted(format.kind()));
        }
    }

    private static ObjectNode schema(ResponseFormat format) {
        ObjectNode schema = Json.object().put("name", format.name().orElse("answer"));
        format.description().ifPresent(text -> schema.put("description", text));
        schema.set("schema", Json.node(format.schema().orElse(JsonObject.EMPTY)));
        return schema.put("strict", format.strict());
    }

    private static void reasoning(ObjectNode body, ReasoningOptions wanted) {
        wanted.effort()
                .ifPresentOrElse(
                        effort -> body.put("reasoning_effort", effort.name()),
                        () ->
                                wanted.budgetTokens()
                                        .ifPresent(budget ->
                                                body.put("reasoning_effort", effort(budget))));
    }

    /** OpenAI measures in words only. */
    private static String effort(int budget) {
        if (budget <= 0) {
            return "none";
        }
        if (budget <= LOW_BUDGET) {
            return "low";
        }
        return budget <= MEDIUM_BUDGET ? "medium" : "high";
    }
}
