package dev.bindery.binding.lollms;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import dev.bindery.http.Json;
import dev.bindery.http.TokenLogprobs;
import dev.bindery.http.Upstream;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads operations as another Bindery writes them, a line each: {@code
 * {"type":0,"name":"ADD_CHUNK","text":"…","metadata":{…}}} and what belongs to some types.
 */
final class OperationReader {
    private static final int FINISHED = OperationType.FINISHED_MESSAGE.code();
    private static final int EXCEPTION = OperationType.EXCEPTION.code();

    private OperationReader() {}

    /**
     * What the last line tells.
     *
     * @param reason why the answer ended
     * @param usage token counts; absent when nobody counted
     */
    record End(FinishReason reason, Optional<Usage> usage) {}

    /** A binding may send this type too, but not with a reason. */
    static boolean isEnd(JsonNode line) {
        return type(line) == FINISHED && line.path("metadata").path("finish_reason").isString();
    }

    static Optional<End> end(JsonNode line) {
        String reason = Json.text(line.path("metadata"), "finish_reason");
        return Optional.of(
                new End(new FinishReason(reason), Optional.ofNullable(usage(line.path("usage")))));
    }

    /** A binding may send this type too, but not with a code. */
    static boolean isFailure(JsonNode line) {
        return type(line) == EXCEPTION
                && line.path("metadata").path("code").isString()
                && line.path("metadata").path("retriable").isBoolean();
    }

    static BindingException failure(JsonNode line, Upstream upstream) {
        String name = Json.text(line.path("metadata"), "code").toUpperCase(Locale.ROOT);
        ErrorCode code =
                name.equals("STOPPED")
                        ? ErrorCode.CANCELLED
                        : ErrorCode.known().stream()
                                .filter(known -> known.name().equals(name))
                                .findFirst()
                                .orElse(ErrorCode.UPSTREAM_ERROR);
        return new BindingException(
                code,
                upstream.redacted(
                        "%s reports an error: %s"
                                .formatted(upstream.host(), Json.text(line, "text"))));
    }

    /** Absent for what says nothing: a sign of life, or a type without what belongs to it. */
    static Optional<Operation> read(JsonNode line) {
        OperationType type = OperationType.of(type(line));
        String text = Json.text(line, "text");
        Operation read =
                switch (type.name()) {
                    case "TOOL_CALL" -> toolCall(line.path("tool_call"));
                    case "REASONING" -> reasoning(text, line);
                    case "MEDIA" -> media(line.path("media"));
                    case "USAGE" -> counted(line.path("usage"));
                    case "LOGPROBS" ->
                            Operation.logprobs(TokenLogprobs.read(line.path("logprobs")));
                    case "INFO" -> text.isEmpty() ? null : Operation.of(type, text);
                    default -> Operation.of(type, text);
                };
        return Optional.ofNullable(read)
                .map(operation -> operation.withMetadata(metadata(line.path("metadata"))));
    }

    private static int type(JsonNode line) {
        JsonNode type = line.path("type");
        if (!type.canConvertToInt() || !type.isIntegralNumber() || type.intValue() < 0) {
            throw unreadable("has no type", line);
        }
        return type.intValue();
    }

    private static JsonObject metadata(JsonNode metadata) {
        try {
            return Json.value(metadata) instanceof JsonObject object ? object : JsonObject.EMPTY;
        } catch (IllegalArgumentException e) {
            throw unreadable("has metadata that is too much", metadata);
        }
    }

    private static Operation toolCall(JsonNode call) {
        return Operation.toolCall(
                ToolCallDelta.of(
                        call.path("index").asInt(0),
                        orNull(Json.text(call, "id")),
                        orNull(Json.text(call, "name")),
                        Json.text(call, "arguments")));
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }

    private static Operation reasoning(String text, JsonNode line) {
        return Operation.reasoning(
                ReasoningPart.of(text, orNull(Json.text(line, "signature")), false));
    }

    private static Operation media(JsonNode media) {
        try {
            String uri = Json.text(media, "uri");
            return Operation.media(
                    uri.isEmpty()
                            ? MediaPart.of(
                                    Blob.of(
                                            Json.text(media, "media_type"),
                                            Base64.getDecoder().decode(Json.text(media, "base64"))))
                            : MediaPart.of(URI.create(uri)));
        } catch (IllegalArgumentException e) {
            throw unreadable("has a medium that cannot be read", media);
        }
    }

    private static @Nullable Operation counted(JsonNode counts) {
        Usage usage = usage(counts);
        return usage == null ? null : Operation.usage(usage);
    }

    private static @Nullable Usage usage(JsonNode counts) {
        Long input = count(counts.path("input_tokens"));
        Long output = count(counts.path("output_tokens"));
        if (input == null && output == null) {
            return null;
        }
        return Usage.builder()
                .inputTokens(input)
                .outputTokens(output)
                .reasoningTokens(count(counts.path("reasoning_tokens")))
                .build();
    }

    private static @Nullable Long count(JsonNode count) {
        return count.isIntegralNumber() && count.canConvertToLong() && count.longValue() >= 0
                ? count.longValue()
                : null;
    }

    private static BindingException unreadable(String what, JsonNode found) {
        String text = found.toString();
        return new BindingException(
                ErrorCode.UPSTREAM_ERROR,
                "the server sent an operation that %s: %s"
                        .formatted(what, text.substring(0, Math.min(200, text.length()))));
    }
}
