package dev.bindery.binding.cohere;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import dev.bindery.api.ToolCallPart;
import dev.bindery.http.Json;
import dev.bindery.testkit.upstream.EventStream;
import dev.bindery.testkit.upstream.HttpAnswer;
import dev.bindery.testkit.upstream.HttpAsked;
import dev.bindery.testkit.upstream.Script;
import dev.bindery.testkit.upstream.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** How Cohere words chats, embeddings, models, tokens and errors. */
final class CohereFormat implements WireFormat {
    private static final String MODELS =
            "{\"models\":[{\"name\":\"command-a-03-2025\",\"endpoints\":[\"chat\"],\"features\":"
                    + "[\"tools\",\"json_mode\",\"json_schema\",\"logprobs\",\"vision\",\"reasoning\"]},"
                    + "{\"name\":\"embed-v4.0\",\"endpoints\":[\"embed\"]}]}";

    @Override
    public Optional<HttpAnswer> aside(HttpAsked request) {
        if (request.path().contains("/v1/models")) {
            return Optional.of(HttpAnswer.json(MODELS));
        }
        if (request.path().endsWith("/v2/embed")) {
            return Optional.of(embeddings(request));
        }
        if (request.path().endsWith("/v1/tokenize")) {
            String text = Json.parse(request.body()).path("text").asString();
            return Optional.of(
                    HttpAnswer.json(
                            JsonObject.of(
                                            "tokens",
                                            text.codePoints().boxed().map(Long::valueOf).toList())
                                    .toString()));
        }
        return request.path().endsWith("/v1/detokenize")
                ? Optional.of(detokenized(request))
                : Optional.empty();
    }

    private static HttpAnswer embeddings(HttpAsked request) {
        int texts = Json.parse(request.body()).path("texts").size();
        List<List<Double>> vectors = Collections.nCopies(texts, List.of(0.5, -0.25, 0.125));
        return HttpAnswer.json(
                JsonObject.of(
                                "embeddings",
                                Map.of("float", vectors),
                                "meta",
                                Map.of("billed_units", Map.of("input_tokens", 3)))
                        .toString());
    }

    private static HttpAnswer detokenized(HttpAsked request) {
        StringBuilder text = new StringBuilder();
        for (JsonNode token : Json.parse(request.body()).path("tokens")) {
            text.appendCodePoint(token.intValue());
        }
        return HttpAnswer.json(JsonObject.of("text", text.toString()).toString());
    }

    @Override
    public boolean wantsStream(HttpAsked request) {
        return Json.parse(request.body()).path("stream").asBoolean(false);
    }

    @Override
    public HttpAnswer whole(HttpAsked request, Script script) {
        List<Map<String, ?>> content = new ArrayList<>();
        if (!script.reasoning().isEmpty()) {
            content.add(Map.of("type", "thinking", "thinking", script.reasoning()));
        }
        content.add(Map.of("type", "text", "text", script.text()));
        Map<String, ?> message =
                Map.of("role", "assistant", "content", content, "tool_calls", calls(script));
        return HttpAnswer.json(
                JsonObject.of("id", "m-1", "message", message)
                        .with("finish_reason", reason(script))
                        .with("usage", usage(script))
                        .toString());
    }

    private static List<Map<String, Object>> calls(Script script) {
        return script.toolCalls().stream().map(call -> call(call, call.arguments())).toList();
    }

    private static Map<String, Object> call(ToolCallPart call, String arguments) {
        return Map.of(
                "id",
                call.id(),
                "type",
                "function",
                "function",
                Map.of("name", call.name(), "arguments", arguments));
    }

    @Override
    public EventStream stream(HttpAsked request, Script script) {
        EventStream events = EventStream.sse();
        events.opening("message-start", start());
        if (!script.reasoning().isEmpty()) {
            events.opening(
                    "content-delta",
                    message(
                            "content-delta",
                            Map.of("content", Map.of("thinking", script.reasoning()))));
        }
        script.pieces().forEach(piece -> events.piece("content-delta", piece(piece)));
        for (ToolCallPart call : script.toolCalls()) {
            int half = call.arguments().length() / 2;
            events.closing("tool-call-start", toolCall("tool-call-start", call(call, "")));
            for (String part :
                    Arrays.asList(
                            call.arguments().substring(0, half),
                            call.arguments().substring(half))) {
                events.closing(
                        "tool-call-delta",
                        toolCall("tool-call-delta", Map.of("function", Map.of("arguments", part))));
            }
            events.closing("tool-call-end", "{\"type\":\"tool-call-end\",\"index\":0}");
        }
        return events.closing("message-end", end(script));
    }

    private static String start() {
        return "{\"type\":\"message-start\",\"id\":\"m-1\",\"delta\":{\"message\":{\"role\":\"assistant\"}}}";
    }

    private static String piece(String text) {
        return message("content-delta", Map.of("content", Map.of("text", text)));
    }

    private static String toolCall(String type, Map<String, ?> call) {
        return message(type, Map.of("tool_calls", call));
    }

    private static String message(String type, Map<String, ?> message) {
        return JsonObject.of("type", type, "delta", Map.of("message", message)).toString();
    }

    private static String end(Script script) {
        Map<String, ?> delta = Map.of("finish_reason", reason(script), "usage", usage(script));
        return JsonObject.of("type", "message-end", "delta", delta).toString();
    }

    private static String reason(Script script) {
        return switch (script.finishReason().name()) {
            case "stop" -> "COMPLETE";
            case "tool_calls" -> "TOOL_CALL";
            case "length" -> "MAX_TOKENS";
            case "content_filter" -> "ERROR_TOXIC";
            default -> script.finishReason().name().toUpperCase(Locale.ROOT);
        };
    }

    private static Map<String, Object> usage(Script script) {
        Map<String, ?> tokens =
                Map.of(
                        "input_tokens",
                        script.usage().inputTokens().orElseThrow(),
                        "output_tokens",
                        script.usage().outputTokens().orElseThrow());
        return Map.of("tokens", tokens, "billed_units", Map.of("input_tokens", 1));
    }

    @Override
    public Optional<HttpAnswer> refusal(ErrorCode code, String message) {
        return switch (code.name()) {
            case "INVALID_REQUEST" -> error(400, "invalid request: " + message);
            case "CONTEXT_LENGTH_EXCEEDED" -> error(400, "too many tokens: " + message);
            case "CONTENT_FILTERED" -> error(498, message);
            case "MODEL_NOT_FOUND" -> error(404, "model 'x' not found: " + message);
            case "RATE_LIMITED" -> error(429, message);
            case "UPSTREAM_AUTHENTICATION" -> error(401, "invalid api token: " + message);
            case "UPSTREAM_ERROR" -> error(500, message);
            default -> Optional.empty();
        };
    }

    private static Optional<HttpAnswer> error(int status, String message) {
        return Optional.of(HttpAnswer.json(status, JsonObject.of("message", message).toString()));
    }

    @Override
    public Optional<byte[]> failure(String message) {
        String event = "data: " + JsonObject.of("message", message) + "\n\n";
        return Optional.of(event.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, EventStream> oddities(HttpAsked request, Script script) {
        EventStream unnamed = EventStream.sse().opening(start());
        EventStream crlf = EventStream.raw("text/event-stream");
        for (String piece : script.pieces()) {
            unnamed.piece(piece(piece));
            crlf.piece(("data:" + piece(piece) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        }
        unnamed.closing(end(script)).closing("[DONE]");
        crlf.closing(("data: " + end(script) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "events have no names, and a mark ends the stream", unnamed,
                "lines end with CR and LF, no space follows the colon", crlf);
    }
}
