package dev.bindery.binding.openai;

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
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How OpenAI words chats, completions, embeddings, models and errors. */
final class OpenAiFormat implements WireFormat {
    @Override
    public Optional<HttpAnswer> aside(HttpAsked request) {
        if (request.path().endsWith("/models")) {
            return Optional.of(
                    HttpAnswer.json("{\"object\":\"list\",\"data\":[{\"id\":\"gpt-mock\"}]}"));
        }
        return request.path().endsWith("/embeddings")
                ? Optional.of(embeddings(request))
                : Optional.empty();
    }

    /** As many vectors as there are inputs; each input of the suite is a text. */
    private static HttpAnswer embeddings(HttpAsked request) {
        List<Map<String, Object>> data = new ArrayList<>();
        int inputs = Json.parse(request.body()).path("input").size();
        for (int i = 0; i < Math.max(1, inputs); i++) {
            data.add(Map.of("index", i, "embedding", List.of(0.5, -0.25, 0.125)));
        }
        return HttpAnswer.json(
                JsonObject.of("data", data, "usage", Map.of("prompt_tokens", 3)).toString());
    }

    @Override
    public boolean wantsStream(HttpAsked request) {
        return Json.parse(request.body()).path("stream").asBoolean(false);
    }

    @Override
    public HttpAnswer whole(HttpAsked request, Script script) {
        Map<String, Object> message = new HashMap<>();
        message.put("role", "assistant");
        message.put("content", script.text());
        if (!script.reasoning().isEmpty()) {
            message.put("reasoning_content", script.reasoning());
        }
        if (!script.toolCalls().isEmpty()) {
            message.put("tool_calls", calls(script));
        }
        List<Map<String, Object>> choices = new ArrayList<>();
        for (int i = 0; i < script.candidates(); i++) {
            choices.add(
                    Map.of(
                            "index",
                            i,
                            isChat(request) ? "message" : "text",
                            isChat(request) ? message : script.text(),
                            "finish_reason",
                            script.finishReason().name()));
        }
        return HttpAnswer.json(
                JsonObject.of("choices", choices, "usage", usage(script)).toString());
    }

    private static boolean isChat(HttpAsked request) {
        return request.path().endsWith("/chat/completions");
    }

    private static List<Map<String, Object>> calls(Script script) {
        List<Map<String, Object>> calls = new ArrayList<>();
        for (ToolCallPart call : script.toolCalls()) {
            calls.add(
                    Map.of(
                            "index",
                            calls.size(),
                            "id",
                            call.id(),
                            "type",
                            "function",
                            "function",
                            Map.of("name", call.name(), "arguments", call.arguments())));
        }
        return calls;
    }

    private static Map<String, Object> usage(Script script) {
        return Map.of(
                "prompt_tokens",
                script.usage().inputTokens().orElseThrow(),
                "completion_tokens",
                script.usage().outputTokens().orElseThrow());
    }

    @Override
    public EventStream stream(HttpAsked request, Script script) {
        EventStream events = EventStream.sse();
        events.opening(delta(request, script, Map.of("role", "assistant", "content", "")));
        if (!script.reasoning().isEmpty()) {
            events.opening(delta(request, script, Map.of("reasoning_content", script.reasoning())));
        }
        script.pieces()
                .forEach(piece -> events.piece(delta(request, script, Map.of("content", piece))));
        if (!script.toolCalls().isEmpty()) {
            events.closing(delta(request, script, Map.of("tool_calls", calls(script))));
        }
        return events.closing(end(request, script))
                .closing(JsonObject.of("choices", List.of(), "usage", usage(script)).toString())
                .closing("[DONE]");
    }

    private static String delta(HttpAsked request, Script script, Map<String, ?> delta) {
        List<Map<String, Object>> choices = new ArrayList<>();
        for (int i = 0; i < script.candidates(); i++) {
            Map<String, Object> choice = new HashMap<>();
            choice.put("index", i);
            if (isChat(request)) {
                choice.put("delta", delta);
            } else {
                choice.put("text", delta.get("content"));
            }
            choices.add(choice);
        }
        return JsonObject.of("choices", choices).toString();
    }

    private static String end(HttpAsked request, Script script) {
        List<Map<String, Object>> choices = new ArrayList<>();
        for (int i = 0; i < script.candidates(); i++) {
            choices.add(
                    Map.of(
                            "index",
                            i,
                            isChat(request) ? "delta" : "text",
                            isChat(request) ? Map.of() : "",
                            "finish_reason",
                            script.finishReason().name()));
        }
        return JsonObject.of("choices", choices).toString();
    }

    @Override
    public Optional<HttpAnswer> refusal(ErrorCode code, String message) {
        return switch (code.name()) {
            case "INVALID_REQUEST" -> error(400, "invalid_request_error", "", message);
            case "CONTEXT_LENGTH_EXCEEDED" ->
                    error(400, "invalid_request_error", "context_length_exceeded", message);
            case "CONTENT_FILTERED" ->
                    error(400, "invalid_request_error", "content_filter", message);
            case "MODEL_NOT_FOUND" ->
                    error(404, "invalid_request_error", "model_not_found", message);
            case "RATE_LIMITED" -> error(429, "requests", "rate_limit_exceeded", message);
            case "OVERLOADED" -> error(503, "server_error", "server_overloaded", message);
            case "UPSTREAM_AUTHENTICATION" ->
                    error(401, "invalid_request_error", "invalid_api_key", message);
            case "UPSTREAM_ERROR" -> error(500, "server_error", "", message);
            default -> Optional.empty();
        };
    }

    private static Optional<HttpAnswer> error(
            int status, String type, String code, String message) {
        return Optional.of(HttpAnswer.json(status, error(type, code, message)));
    }

    private static String error(String type, String code, String message) {
        return JsonObject.of("error", Map.of("message", message, "type", type, "code", code))
                .toString();
    }

    @Override
    public Optional<byte[]> failure(String message) {
        String event = "data: " + error("server_error", "", message) + "\n\n";
        return Optional.of(event.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, EventStream> oddities(HttpAsked request, Script script) {
        EventStream emptyChoices = EventStream.sse().opening("{\"choices\":[]}");
        EventStream crlf = EventStream.raw("text/event-stream; charset=utf-8");
        EventStream noEnd = EventStream.sse();
        for (String piece : script.pieces()) {
            String event = delta(request, script, Collections.singletonMap("content", piece));
            emptyChoices.piece(event);
            crlf.piece(("data:" + event + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            noEnd.piece(event);
        }
        emptyChoices.closing(end(request, script)).closing("[DONE]");
        crlf.closing(
                ("data: " + end(request, script) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        noEnd.closing(end(request, script));
        return Map.of(
                "choices are empty at first", emptyChoices,
                "lines end with CR and LF, no space follows the colon", crlf,
                "it ends without [DONE]", noEnd);
    }
}
