package dev.bindery.binding.ollama;

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
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How Ollama words chats, prompts, vectors, models and errors. */
final class OllamaFormat implements WireFormat {
    @Override
    public Optional<HttpAnswer> aside(HttpAsked request) {
        return switch (request.path()) {
            case "/api/tags" ->
                    answer(
                            "{\"models\":[{\"name\":\"mock:latest\",\"model\":\"mock:latest\",\"digest\":\"d\"}]}");
            case "/api/show" ->
                    answer(
                            "{\"capabilities\":[\"completion\",\"tools\",\"vision\",\"thinking\",\"embedding\"],\"model_info\":{}}");
            case "/api/ps" -> answer("{\"models\":[]}");
            case "/api/embed" -> Optional.of(embeddings(request));
            case "/api/pull" ->
                    Optional.of(
                            HttpAnswer.of(
                                    200,
                                    "application/x-ndjson",
                                    "{\"status\":\"pulling manifest\"}\n{\"status\":\"success\"}\n"
                                            .getBytes(StandardCharsets.UTF_8)));
            case "/api/delete" -> answer("");
            default ->
                    loads(request)
                            ? answer("{\"done\":true,\"done_reason\":\"load\"}")
                            : Optional.empty();
        };
    }

    private static boolean loads(HttpAsked request) {
        return request.path().equals("/api/generate") && !Json.parse(request.body()).has("prompt");
    }

    private static Optional<HttpAnswer> answer(String json) {
        return Optional.of(HttpAnswer.json(json));
    }

    private static HttpAnswer embeddings(HttpAsked request) {
        List<List<Double>> vectors = new ArrayList<>();
        Json.parse(request.body())
                .path("input")
                .forEach(_ -> vectors.add(List.of(0.5, -0.25, 0.125)));
        return HttpAnswer.json(
                JsonObject.of("embeddings", vectors).with("prompt_eval_count", 3).toString());
    }

    @Override
    public boolean wantsStream(HttpAsked request) {
        return Json.parse(request.body()).path("stream").asBoolean(true);
    }

    @Override
    public HttpAnswer whole(HttpAsked request, Script script) {
        JsonObject said = said(request, script.text(), script.reasoning(), script.toolCalls());
        return HttpAnswer.json(ended(said, script).toString());
    }

    @Override
    public EventStream stream(HttpAsked request, Script script) {
        EventStream lines = EventStream.ndjson();
        if (!script.reasoning().isEmpty()) {
            lines.opening(line(request, "", script.reasoning(), List.of()));
        }
        script.pieces().forEach(piece -> lines.piece(line(request, piece, "", List.of())));
        if (!script.toolCalls().isEmpty()) {
            lines.closing(line(request, "", "", script.toolCalls()));
        }
        return lines.closing(ended(said(request, "", "", List.of()), script).toString());
    }

    private static String line(
            HttpAsked request, String text, String thinking, List<ToolCallPart> calls) {
        return said(request, text, thinking, calls).with("done", false).toString();
    }

    private static JsonObject said(
            HttpAsked request, String text, String thinking, List<ToolCallPart> calls) {
        boolean chat = request.path().equals("/api/chat");
        JsonObject said = JsonObject.of(chat ? "content" : "response", text);
        if (!thinking.isEmpty()) {
            said = said.with("thinking", thinking);
        }
        if (!calls.isEmpty()) {
            said = said.with("tool_calls", calls.stream().map(OllamaFormat::call).toList());
        }
        return chat ? JsonObject.of("message", said.with("role", "assistant")) : said;
    }

    private static Map<String, ?> call(ToolCallPart call) {
        return Map.of(
                "function",
                Map.of("name", call.name(), "arguments", Json.value(Json.parse(call.arguments()))));
    }

    private static JsonObject ended(JsonObject line, Script script) {
        String reason = script.finishReason().name();
        return line.with("done", true)
                .with("done_reason", reason.equals("tool_calls") ? "stop" : reason)
                .with("prompt_eval_count", script.usage().inputTokens().orElseThrow())
                .with("eval_count", script.usage().outputTokens().orElseThrow())
                .with("eval_duration", 1000);
    }

    @Override
    public Optional<HttpAnswer> refusal(ErrorCode code, String message) {
        return switch (code.name()) {
            case "INVALID_REQUEST" -> error(400, message);
            case "CONTEXT_LENGTH_EXCEEDED" ->
                    error(400, "the input length exceeds the context length; " + message);
            case "MODEL_NOT_FOUND" -> error(404, "model 'mock' not found; " + message);
            case "RATE_LIMITED" -> error(429, message);
            case "OVERLOADED" ->
                    error(503, "server busy, maximum pending requests exceeded; " + message);
            case "UPSTREAM_AUTHENTICATION" -> error(401, message);
            case "UPSTREAM_ERROR" -> error(500, message);
            default -> Optional.empty();
        };
    }

    private static Optional<HttpAnswer> error(int status, String message) {
        return Optional.of(HttpAnswer.json(status, JsonObject.of("error", message).toString()));
    }

    @Override
    public Optional<byte[]> failure(String message) {
        return Optional.of(bytes(JsonObject.of("error", message) + "\n"));
    }

    @Override
    public List<byte[]> noise() {
        return List.of(
                bytes("\n"),
                bytes("\r\n"),
                bytes(
                        "{\"model\":\"m\",\"sparkle\":{\"of\":\"a later version\"},\"done\":false}\n"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public Map<String, EventStream> oddities(HttpAsked request, Script script) {
        EventStream crlf = EventStream.raw("application/x-ndjson");
        EventStream untyped = EventStream.raw("text/plain");
        EventStream once = EventStream.ndjson();
        for (String piece : script.pieces()) {
            crlf.piece(bytes(line(request, piece, "", List.of()) + "\r\n"));
            untyped.piece(bytes(line(request, piece, "", List.of()) + "\n"));
        }
        String end = ended(said(request, "", "", List.of()), script).toString();
        crlf.closing(bytes(end + "\r\n"));
        untyped.closing(bytes(end));
        once.closing(ended(said(request, script.text(), "", List.of()), script).toString());
        return Map.of(
                "lines end with CR and LF", crlf,
                "the last line has no end, and the type is plain text", untyped,
                "all of it is in one line", once);
    }
}
