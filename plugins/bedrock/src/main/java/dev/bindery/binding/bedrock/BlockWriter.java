package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.CacheHint;
import dev.bindery.api.JsonObject;
import dev.bindery.api.MediaPart;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.Json;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the parts of a message as Converse's content blocks. */
final class BlockWriter {
    static final String OWN = "bedrock";
    static final String REDACTED = "redactedContent";

    private static final Duration USUAL = Duration.ofMinutes(5);

    private final MediaWriter media;

    BlockWriter(ImageLimit imageLimit) {
        this.media = new MediaWriter(imageLimit);
    }

    /** The blocks; a part that Converse has no use for leaves none, a hint to cache one more. */
    List<ObjectNode> write(List<Part> parts) {
        List<ObjectNode> blocks = new ArrayList<>();
        for (Part part : parts) {
            block(part)
                    .ifPresent(block -> {
                        blocks.add(block);
                        part.cacheHint().ifPresent(hint -> blocks.add(cachePoint(hint)));
                    });
        }
        return blocks;
    }

    private Optional<ObjectNode> block(Part part) {
        return switch (part) {
            case TextPart text ->
                    text.text().isBlank()
                            ? Optional.empty()
                            : Optional.of(Json.object().put("text", text.text()));
            case MediaPart medium -> Optional.of(media.write(medium));
            case ReasoningPart thought -> thought(thought);
            case ToolCallPart call -> Optional.of(call(call));
            case ToolResultPart result -> Optional.of(result(result));
            case OpaquePart _ -> Optional.empty();
            default ->
                    throw BindingException.unsupported(
                            "a part of kind %s; Bedrock's Converse has no such block"
                                    .formatted(part.getClass().getSimpleName()));
        };
    }

    static ObjectNode cachePoint(CacheHint hint) {
        ObjectNode block = Json.object();
        ObjectNode point = block.putObject("cachePoint").put("type", "default");
        hint.timeToLive()
                .ifPresent(time -> point.put("ttl", time.compareTo(USUAL) > 0 ? "1h" : "5m"));
        return block;
    }

    /** Thoughts go back only as they were signed, and only to who signed them. */
    private static Optional<ObjectNode> thought(ReasoningPart part) {
        JsonObject own = part.providerData().object(OWN);
        ObjectNode block = Json.object();
        ObjectNode content = block.putObject("reasoningContent");
        if (part.redacted()) {
            return own.text(REDACTED)
                    .map(data -> {
                        content.put(REDACTED, data);
                        return block;
                    });
        }
        boolean anothers = !part.providerData().isEmpty() && own.isEmpty();
        return part.signature()
                .filter(_ -> !anothers)
                .map(signature -> {
                    content.putObject("reasoningText")
                            .put("text", part.text())
                            .put("signature", signature);
                    return block;
                });
    }

    private static ObjectNode call(ToolCallPart call) {
        ObjectNode block = Json.object();
        block.putObject("toolUse")
                .put("toolUseId", id(call.id()))
                .put("name", call.name())
                .set("input", input(call.arguments()));
        return block;
    }

    /** What is no object is told all the same: the tool's answer speaks of it. */
    private static JsonNode input(String arguments) {
        if (arguments.isBlank()) {
            return Json.object();
        }
        try {
            JsonNode input = Json.parse(arguments);
            if (input.isObject()) {
                return input;
            }
        } catch (JacksonException _) {
            // Told as it was written, below.
        }
        return Json.object().put("malformed_arguments", arguments);
    }

    private ObjectNode result(ToolResultPart result) {
        ObjectNode block = Json.object();
        ObjectNode told = block.putObject("toolResult").put("toolUseId", id(result.callId()));
        List<ObjectNode> content =
                write(result.parts().stream().map(part -> part.withCacheHint(null)).toList());
        told.putArray("content").addAll(content);
        if (result.isError()) {
            told.put("status", "error");
        }
        return block;
    }

    /** Other providers' ids may have signs that this API refuses. */
    private static String id(String id) {
        return id.replaceAll("[^a-zA-Z0-9_-]", "_");
    }
}
