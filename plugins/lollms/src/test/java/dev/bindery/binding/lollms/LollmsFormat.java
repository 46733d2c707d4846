package dev.bindery.binding.lollms;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.OperationType;
import dev.bindery.api.Usage;
import dev.bindery.http.Json;
import dev.bindery.testkit.upstream.EventStream;
import dev.bindery.testkit.upstream.HttpAnswer;
import dev.bindery.testkit.upstream.HttpAsked;
import dev.bindery.testkit.upstream.Script;
import dev.bindery.testkit.upstream.WireFormat;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * How another Bindery words operations, models, vectors, tokens and errors; as an oddity, LoLLMs.
 */
final class LollmsFormat implements WireFormat {
    @Override
    public Optional<HttpAnswer> aside(HttpAsked request) {
        return switch (request.path()) {
            case "/list_models" -> answer("[\"mock\"]");
            case "/get_available_models" -> answer("[{\"name\":\"mock\",\"installed\":true}]");
            case "/lollms_embed" -> answer("{\"vector\":[0.5,-0.25,0.125]}");
            case "/lollms_tokenize" -> answer(tokens(request));
            case "/lollms_detokenize" -> answer(text(request));
            default -> Optional.empty();
        };
    }

    private static Optional<HttpAnswer> answer(String json) {
        return Optional.of(HttpAnswer.json(json));
    }

    /** A token for each code point. */
    private static String tokens(HttpAsked request) {
        return Json.text(Json.parse(request.body()), "prompt")
                .codePoints()
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "[", "]"));
    }

    private static String text(HttpAsked request) {
        String text =
                StreamSupport.stream(Json.parse(request.body()).path("tokens").spliterator(), false)
                        .map(token -> Character.toString(token.intValue()))
                        .collect(Collectors.joining());
        return JsonValue.of(text).toString();
    }

    @Override
    public boolean wantsStream(HttpAsked request) {
        return true;
    }

    @Override
    public HttpAnswer whole(HttpAsked request, Script script) {
        return HttpAnswer.of(200, "text/plain", bytes(script.text()));
    }

    @Override
    public EventStream stream(HttpAsked request, Script script) {
        EventStream lines = EventStream.ndjson();
        if (!script.reasoning().isEmpty()) {
            lines.opening(operation(OperationType.REASONING, script.reasoning()).toString());
        }
        script.pieces()
                .forEach(
                        piece -> lines.piece(operation(OperationType.ADD_CHUNK, piece).toString()));
        return lines.closing(end(script.finishReason(), script.usage()));
    }

    private static JsonObject operation(OperationType type, String text) {
        return JsonObject.of("type", type.code())
                .with("name", type.name())
                .with("text", text)
                .with("metadata", Map.of());
    }

    private static String end(FinishReason reason, Usage usage) {
        return operation(OperationType.FINISHED_MESSAGE, "")
                .with("metadata", Map.of("finish_reason", reason.name()))
                .with(
                        "usage",
                        Map.of(
                                "input_tokens",
                                usage.inputTokens().orElseThrow(),
                                "output_tokens",
                                usage.outputTokens().orElseThrow()))
                .toString();
    }

    @Override
    public Optional<HttpAnswer> refusal(ErrorCode code, String message) {
        return switch (code.name()) {
            case "INVALID_REQUEST" -> error(400, message);
            case "CONTEXT_LENGTH_EXCEEDED" -> error(400, "past the context length; " + message);
            case "MODEL_NOT_FOUND" -> error(404, "model 'mock' not found; " + message);
            case "RATE_LIMITED" -> error(429, message);
            case "UPSTREAM_AUTHENTICATION" -> error(401, message);
            case "UPSTREAM_ERROR" -> error(500, message);
            default -> Optional.empty();
        };
    }

    private static Optional<HttpAnswer> error(int status, String message) {
        return Optional.of(
                HttpAnswer.json(
                        status, JsonObject.of("status", false).with("error", message).toString()));
    }

    @Override
    public Optional<byte[]> failure(String message) {
        JsonObject failure =
                operation(OperationType.EXCEPTION, message)
                        .with("metadata", Map.of("code", "UPSTREAM_ERROR", "retriable", true));
        return Optional.of(bytes(failure + "\n"));
    }

    @Override
    public List<byte[]> noise() {
        return List.of(
                bytes("\n"),
                bytes(operation(OperationType.INFO, "") + "\n"),
                bytes(operation(new OperationType(99, "SPARKLE"), "of a later version") + "\n"));
    }

    @Override
    public Map<String, EventStream> oddities(HttpAsked request, Script script) {
        EventStream bare = EventStream.raw("text/event-stream; charset=utf-8");
        EventStream plain = EventStream.raw("text/plain; charset=utf-8");
        for (String piece : script.pieces()) {
            bare.piece(bytes(piece));
            plain.piece(bytes(piece));
        }
        return Map.of(
                "bare text under the type of events, as LoLLMs sends it",
                bare,
                "bare text",
                plain.closing("!@>user: and I go on"));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
