package dev.bindery.binding.anthropic;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.ToolCallPart;
import dev.bindery.http.Json;
import dev.bindery.testkit.upstream.EventStream;
import dev.bindery.testkit.upstream.HttpAnswer;
import dev.bindery.testkit.upstream.HttpAsked;
import dev.bindery.testkit.upstream.Script;
import dev.bindery.testkit.upstream.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** How Anthropic words messages, models, counts and errors. */
final class AnthropicFormat implements WireFormat {
    @Override
    public Optional<HttpAnswer> aside(HttpAsked request) {
        if (request.path().startsWith("/v1/models")) {
            return Optional.of(
                    HttpAnswer.json(
                            "{\"data\":[{\"type\":\"model\",\"id\":\"claude-mock-5\"}],\"has_more\":false}"));
        }
        return request.path().endsWith("/count_tokens")
                ? Optional.of(HttpAnswer.json("{\"input_tokens\":7}"))
                : Optional.empty();
    }

    @Override
    public boolean wantsStream(HttpAsked request) {
        return Json.parse(request.body()).path("stream").asBoolean(false);
    }

    @Override
    public HttpAnswer whole(HttpAsked request, Script script) {
        ObjectNode message = typed("message").put("id", "msg_1").put("role", "assistant");
        ArrayNode content = message.putArray("content");
        if (!script.reasoning().isEmpty()) {
            content.add(thinking(script.reasoning(), "c2ln"));
        }
        if (!script.text().isEmpty()) {
            content.add(typed("text").put("text", script.text()));
        }
        for (ToolCallPart call : script.toolCalls()) {
            content.add(use(call).set("input", Json.parse(call.arguments())));
        }
        message.put("stop_reason", reason(script));
        message.set("usage", usage(script));
        return HttpAnswer.json(message.toString());
    }

    @Override
    public EventStream stream(HttpAsked request, Script script) {
        EventStream events = EventStream.sse();
        ObjectNode start = typed("message_start");
        start.putObject("message").put("id", "msg_1").set("usage", usage(script));
        opening(events, start);
        int index = 0;
        if (!script.reasoning().isEmpty()) {
            opening(events, start(index, thinking("", "")));
            opening(
                    events,
                    delta(index, typed("thinking_delta").put("thinking", script.reasoning())));
            opening(events, delta(index, typed("signature_delta").put("signature", "c2ln")));
            opening(events, stop(index++));
        }
        opening(events, start(index, typed("text").put("text", "")));
        for (String piece : script.pieces()) {
            ObjectNode event = delta(index, typed("text_delta").put("text", piece));
            events.piece(name(event), event.toString());
        }
        closing(events, stop(index++));
        for (ToolCallPart call : script.toolCalls()) {
            closing(events, start(index, use(call).set("input", Json.object())));
            closing(
                    events,
                    delta(index, typed("input_json_delta").put("partial_json", call.arguments())));
            closing(events, stop(index++));
        }
        ObjectNode end = typed("message_delta");
        end.putObject("delta").put("stop_reason", reason(script));
        end.set("usage", usage(script));
        closing(events, end);
        closing(events, typed("message_stop"));
        return events;
    }

    private static void opening(EventStream events, ObjectNode event) {
        events.opening(name(event), event.toString());
    }

    private static void closing(EventStream events, ObjectNode event) {
        events.closing(name(event), event.toString());
    }

    private static String name(ObjectNode event) {
        return Json.text(event, "type");
    }

    private static ObjectNode typed(String type) {
        return Json.object().put("type", type);
    }

    private static ObjectNode thinking(String text, String signature) {
        return typed("thinking").put("thinking", text).put("signature", signature);
    }

    private static ObjectNode use(ToolCallPart call) {
        return typed("tool_use").put("id", call.id()).put("name", call.name());
    }

    private static ObjectNode start(int index, tools.jackson.databind.JsonNode block) {
        ObjectNode event = typed("content_block_start").put("index", index);
        event.set("content_block", block);
        return event;
    }

    private static ObjectNode delta(int index, ObjectNode delta) {
        ObjectNode event = typed("content_block_delta").put("index", index);
        event.set("delta", delta);
        return event;
    }

    private static ObjectNode stop(int index) {
        return typed("content_block_stop").put("index", index);
    }

    private static String reason(Script script) {
        return switch (script.finishReason().name()) {
            case "stop" -> "end_turn";
            case "length" -> "max_tokens";
            case "tool_calls" -> "tool_use";
            default -> script.finishReason().name();
        };
    }

    private static ObjectNode usage(Script script) {
        return Json.object()
                .put("input_tokens", script.usage().inputTokens().orElseThrow())
                .put("output_tokens", script.usage().outputTokens().orElseThrow());
    }

    @Override
    public Optional<HttpAnswer> refusal(ErrorCode code, String message) {
        return switch (code.name()) {
            case "INVALID_REQUEST" -> error(400, "invalid_request_error", message);
            case "CONTEXT_LENGTH_EXCEEDED" ->
                    error(400, "invalid_request_error", "prompt is too long: " + message);
            case "CONTENT_FILTERED" ->
                    error(
                            400,
                            "invalid_request_error",
                            "Output blocked by content filtering policy: " + message);
            case "MODEL_NOT_FOUND" -> error(404, "not_found_error", "model: " + message);
            case "RATE_LIMITED" -> error(429, "rate_limit_error", message);
            case "OVERLOADED" -> error(529, "overloaded_error", message);
            case "UPSTREAM_AUTHENTICATION" -> error(401, "authentication_error", message);
            case "UPSTREAM_ERROR" -> error(500, "api_error", message);
            default -> Optional.empty();
        };
    }

    private static Optional<HttpAnswer> error(int status, String type, String message) {
        return Optional.of(HttpAnswer.json(status, error(type, message).toString()));
    }

    private static ObjectNode error(String type, String message) {
        ObjectNode body = typed("error");
        body.putObject("error").put("type", type).put("message", message);
        return body;
    }

    @Override
    public Optional<byte[]> failure(String message) {
        String event = "event: error\ndata: %s\n\n".formatted(error("api_error", message));
        return Optional.of(event.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, EventStream> oddities(HttpAsked request, Script script) {
        EventStream unnamed = EventStream.sse();
        unnamed.opening(start(0, typed("text").put("text", "")).toString());
        for (String piece : script.pieces()) {
            unnamed.piece(delta(0, typed("text_delta").put("text", piece)).toString());
        }
        ObjectNode end = typed("message_delta");
        end.putObject("delta").put("stop_reason", reason(script));
        end.set("usage", usage(script));
        unnamed.closing(end.toString());
        return Map.of("its events have no names, and the last is missing", unnamed);
    }
}
