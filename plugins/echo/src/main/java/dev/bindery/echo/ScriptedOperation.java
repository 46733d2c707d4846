package dev.bindery.echo;

import dev.bindery.api.Blob;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TokenLogprob;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.Usage;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * An operation on demand.
 *
 * @param afterChunks how many pieces come before it; at the answer's end when it has fewer
 */
record ScriptedOperation(int afterChunks, Operation operation) {
    private static final Set<String> COMMON = Set.of("type", "text", "metadata", "after_chunks");

    static ScriptedOperation of(Fields fields) {
        JsonObject metadata =
                fields.fields("metadata").map(Fields::object).orElse(JsonObject.EMPTY);
        return new ScriptedOperation(
                fields.whole("after_chunks", Integer.MAX_VALUE).orElse(Integer.MAX_VALUE),
                operation(fields, type(fields)).withMetadata(metadata));
    }

    private static OperationType type(Fields fields) {
        if (fields.object().field("type").orElse(null) instanceof JsonLong) {
            return OperationType.of(fields.whole("type", Integer.MAX_VALUE).orElseThrow());
        }
        String name = fields.requiredText("type");
        return OperationType.known().stream()
                .filter(type -> type.name().equals(name))
                .findFirst()
                .orElseThrow(
                        () -> fields.wrong("type is %s, not one of %s".formatted(name, names())));
    }

    private static String names() {
        return OperationType.known().stream()
                .map(OperationType::name)
                .collect(Collectors.joining(", "));
    }

    private static Operation operation(Fields fields, OperationType type) {
        return switch (type.name()) {
            case "TOOL_CALL" -> toolCall(with(fields, "index", "id", "name", "arguments"));
            case "REASONING" -> reasoning(with(fields, "signature"));
            case "MEDIA" -> media(with(fields, "media_type", "base64"));
            case "USAGE" -> usage(with(fields, "input_tokens", "output_tokens"));
            case "LOGPROBS" -> logprobs(with(fields, "logprob"));
            default -> Operation.of(type, text(with(fields)));
        };
    }

    private static Operation toolCall(Fields fields) {
        return Operation.toolCall(
                ToolCallDelta.of(
                        fields.whole("index", Operation.MAX_CANDIDATE).orElse(0),
                        fields.text("id").orElse(null),
                        fields.text("name").orElse(null),
                        fields.text("arguments").orElse("")));
    }

    private static Operation reasoning(Fields fields) {
        String signature = fields.text("signature").orElse(null);
        return Operation.reasoning(ReasoningPart.of(text(fields), signature, false));
    }

    private static Operation media(Fields fields) {
        byte[] bytes =
                fields.text("base64")
                        .map(encoded -> decoded(fields, encoded))
                        .orElseGet(() -> text(fields).getBytes(StandardCharsets.UTF_8));
        String type = fields.text("media_type").orElse("text/plain; charset=utf-8");
        return Operation.media(MediaPart.of(Blob.of(type, bytes)));
    }

    private static byte[] decoded(Fields fields, String encoded) {
        try {
            return Base64.getDecoder().decode(encoded);
        } catch (IllegalArgumentException e) {
            throw fields.wrong("base64 cannot be decoded: " + e.getMessage());
        }
    }

    private static Operation usage(Fields fields) {
        return Operation.usage(
                Usage.builder()
                        .inputTokens(count(fields, "input_tokens"))
                        .outputTokens(count(fields, "output_tokens"))
                        .build());
    }

    private static @Nullable Long count(Fields fields, String name) {
        return fields.whole(name, Integer.MAX_VALUE).map(Integer::longValue).orElse(null);
    }

    private static Operation logprobs(Fields fields) {
        double logprob = fields.number("logprob").orElse(0);
        return Operation.logprobs(List.of(TokenLogprob.builder(text(fields), logprob).build()));
    }

    private static String text(Fields fields) {
        return fields.text("text").orElse("");
    }

    private static Fields with(Fields fields, String... own) {
        return fields.allowing(
                Stream.concat(COMMON.stream(), Stream.of(own)).collect(Collectors.toSet()));
    }
}
