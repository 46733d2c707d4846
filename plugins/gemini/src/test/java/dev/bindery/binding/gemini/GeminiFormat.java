package dev.bindery.binding.gemini;

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
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How Gemini words answers, embeddings, models, token counts and errors. */
final class GeminiFormat implements WireFormat {
    private static final String MODELS =
            "{\"models\":[{\"name\":\"models/gemini-2.5-flash\",\"thinking\":true,"
                    + "\"supportedGenerationMethods\":[\"generateContent\"]},"
                    + "{\"name\":\"models/gemini-embedding-001\",\"supportedGenerationMethods\":[\"embedContent\"]},"
                    + "{\"name\":\"models/gemini-2.5-flash-image\",\"supportedGenerationMethods\":[\"generateContent\"]}]}";

    @Override
    public Optional<HttpAnswer> aside(HttpAsked request) {
        String path = request.path();
        if (path.contains("/models?")) {
            return Optional.of(HttpAnswer.json(MODELS));
        }
        if (path.contains(":countTokens")) {
            return Optional.of(HttpAnswer.json("{\"totalTokens\":7}"));
        }
        if (path.contains(":embedContent")) {
            return Optional.of(HttpAnswer.json(vector("embedding").toString()));
        }
        if (path.contains(":batchEmbedContents")) {
            int inputs = Json.parse(request.body()).path("requests").size();
            Map<String, ?> one = Map.of("values", List.of(0.5, -0.25, 0.125));
            return Optional.of(
                    HttpAnswer.json(
                            JsonObject.of("embeddings", Collections.nCopies(inputs, one))
                                    .toString()));
        }
        return Optional.empty();
    }

    private static JsonObject vector(String name) {
        return JsonObject.of(name, Map.of("values", List.of(0.5, -0.25, 0.125)));
    }

    @Override
    public boolean wantsStream(HttpAsked request) {
        return request.path().contains(":streamGenerateContent");
    }

    @Override
    public HttpAnswer whole(HttpAsked request, Script script) {
        List<Map<String, Object>> parts = new ArrayList<>();
        if (!script.reasoning().isEmpty()) {
            parts.add(thought(script));
        }
        parts.add(Map.of("text", script.text()));
        parts.addAll(calls(script));
        return HttpAnswer.json(
                candidates(script, parts, reason(script))
                        .with("usageMetadata", usage(script))
                        .toString());
    }

    @Override
    public EventStream stream(HttpAsked request, Script script) {
        EventStream events = EventStream.sse();
        if (!script.reasoning().isEmpty()) {
            events.opening(candidates(script, List.of(thought(script)), null).toString());
        }
        script.pieces().forEach(piece -> events.piece(piece(script, piece)));
        return events.closing(end(script));
    }

    private static String piece(Script script, String text) {
        return candidates(script, List.of(Map.of("text", text)), null).toString();
    }

    private static String end(Script script) {
        return candidates(script, calls(script), reason(script))
                .with("usageMetadata", usage(script))
                .toString();
    }

    private static JsonObject candidates(
            Script script, List<Map<String, Object>> parts, String reason) {
        List<JsonObject> candidates = new ArrayList<>();
        for (int i = 0; i < script.candidates(); i++) {
            JsonObject candidate =
                    JsonObject.of("index", i)
                            .with("content", Map.of("role", "model", "parts", parts));
            candidates.add(reason == null ? candidate : candidate.with("finishReason", reason));
        }
        return JsonObject.of("candidates", candidates);
    }

    private static Map<String, Object> thought(Script script) {
        return Map.of("text", script.reasoning(), "thought", true);
    }

    private static List<Map<String, Object>> calls(Script script) {
        List<Map<String, Object>> calls = new ArrayList<>();
        for (ToolCallPart call : script.toolCalls()) {
            Object args = Json.value(Json.parse(call.arguments()));
            calls.add(
                    Map.of(
                            "functionCall",
                            Map.of("id", call.id(), "name", call.name(), "args", args)));
        }
        return calls;
    }

    /** Gemini has no reason of its own for calls. */
    private static String reason(Script script) {
        return switch (script.finishReason().name()) {
            case "stop", "tool_calls" -> "STOP";
            case "length" -> "MAX_TOKENS";
            case "content_filter" -> "SAFETY";
            default -> script.finishReason().name().toUpperCase(Locale.ROOT);
        };
    }

    private static Map<String, Object> usage(Script script) {
        return Map.of(
                "promptTokenCount",
                script.usage().inputTokens().orElseThrow(),
                "candidatesTokenCount",
                script.usage().outputTokens().orElseThrow());
    }

    @Override
    public Optional<HttpAnswer> refusal(ErrorCode code, String message) {
        return switch (code.name()) {
            case "INVALID_REQUEST" -> error(400, "INVALID_ARGUMENT", message);
            case "CONTEXT_LENGTH_EXCEEDED" ->
                    error(
                            400,
                            "INVALID_ARGUMENT",
                            "The input token count (9) exceeds the maximum number of tokens allowed (8). "
                                    + message);
            case "CONTENT_FILTERED" ->
                    Optional.of(
                            HttpAnswer.json(
                                    JsonObject.of(
                                                    "promptFeedback",
                                                    Map.of(
                                                            "blockReason",
                                                            "SAFETY",
                                                            "blockReasonMessage",
                                                            message))
                                            .toString()));
            case "MODEL_NOT_FOUND" ->
                    error(
                            404,
                            "NOT_FOUND",
                            "models/x is not found for API version v1beta. " + message);
            case "RATE_LIMITED" -> error(429, "RESOURCE_EXHAUSTED", message);
            case "OVERLOADED" -> error(503, "UNAVAILABLE", message);
            case "UPSTREAM_AUTHENTICATION" ->
                    error(400, "INVALID_ARGUMENT", "API key not valid. " + message);
            case "UPSTREAM_ERROR" -> error(500, "INTERNAL", message);
            default -> Optional.empty();
        };
    }

    private static Optional<HttpAnswer> error(int status, String word, String message) {
        return Optional.of(HttpAnswer.json(status, body(status, word, message)));
    }

    private static String body(int status, String word, String message) {
        return JsonObject.of("error", Map.of("code", status, "message", message, "status", word))
                .toString();
    }

    @Override
    public Optional<byte[]> failure(String message) {
        String event = "data: " + body(500, "INTERNAL", message) + "\r\n\r\n";
        return Optional.of(event.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Map<String, EventStream> oddities(HttpAsked request, Script script) {
        EventStream emptyCandidates = EventStream.sse().opening("{\"candidates\":[]}");
        EventStream crlf = EventStream.raw("text/event-stream");
        EventStream signed = EventStream.sse();
        for (String piece : script.pieces()) {
            String event = piece(script, piece);
            emptyCandidates.piece(event);
            crlf.piece(("data:" + event + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
            signed.piece(event);
        }
        emptyCandidates.closing(end(script));
        crlf.closing(("data: " + end(script) + "\r\n\r\n").getBytes(StandardCharsets.UTF_8));
        signed.closing(
                        candidates(
                                        script,
                                        List.of(Map.of("text", "", "thoughtSignature", "c2ln")),
                                        null)
                                .toString())
                .closing(end(script))
                .closing("[DONE]");
        return Map.of(
                "candidates are empty at first", emptyCandidates,
                "lines end with CR and LF, no space follows the colon", crlf,
                "a signature comes in an event of its own, and a mark ends the stream", signed);
    }
}
