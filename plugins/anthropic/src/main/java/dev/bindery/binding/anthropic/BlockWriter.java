package dev.bindery.binding.anthropic;

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
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes the parts of a message as content blocks. */
final class BlockWriter {
    private static final Duration USUAL = Duration.ofMinutes(5);
    private static final String TYPE = "type";

    private final MediaWriter media;

    BlockWriter(ImageLimit imageLimit) {
        this.media = new MediaWriter(imageLimit);
    }

    /** The blocks; a part that the API has no use for leaves none. */
    List<ObjectNode> write(List<Part> parts) {
        return parts.stream().map(this::block).flatMap(Optional::stream).toList();
    }

    private Optional<ObjectNode> block(Part part) {
        return switch (part) {
            case ReasoningPart thought -> thought(thought);
            case TextPart text when text.text().isBlank() -> Optional.empty();
            case OpaquePart other when !other.dialect().equals(MessageBody.DIALECT) ->
                    Optional.empty();
            default -> Optional.of(whole(part));
        };
    }

    private ObjectNode whole(Part part) {
        ObjectNode block = bare(part);
        own(part)
                .fields()
                .forEach((name, value) -> {
                    if (!block.has(name)) {
                        block.set(name, Json.node(value));
                    }
                });
        part.cacheHint().ifPresent(hint -> cache(block, hint));
        return block;
    }

    private ObjectNode bare(Part part) {
        return switch (part) {
            case TextPart text -> Json.object().put(TYPE, "text").put("text", text.text());
            case MediaPart medium -> media.write(medium);
            case ToolCallPart call -> call(call);
            case ToolResultPart result -> result(result);
            case OpaquePart opaque when Json.node(opaque.content()) instanceof ObjectNode block ->
                    block;
            default ->
                    throw BindingException.unsupported(
                            "a part of kind %s; Anthropic's API has no such block"
                                    .formatted(part.getClass().getSimpleName()));
        };
    }

    /**
     * Thoughts go back only as they were signed, and only to who signed them: the API refuses
     * others.
     */
    private static Optional<ObjectNode> thought(ReasoningPart part) {
        JsonObject own = own(part);
        if (part.redacted()) {
            return own.text("data")
                    .map(data -> Json.object().put(TYPE, "redacted_thinking").put("data", data));
        }
        boolean anothers = !part.providerData().isEmpty() && own.isEmpty();
        return part.signature()
                .filter(_ -> !anothers)
                .map(signature ->
                        Json.object()
                                .put(TYPE, "thinking")
                                .put("thinking", part.text())
                                .put("signature", signature));
    }

    private static ObjectNode call(ToolCallPart call) {
        ObjectNode block =
                Json.object()
                        .put(TYPE, "tool_use")
                        .put("id", id(call.id()))
                        .put("name", call.name());
        block.set("input", input(call.arguments()));
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
        ObjectNode block =
                Json.object().put(TYPE, "tool_result").put("tool_use_id", id(result.callId()));
        List<ObjectNode> content = write(result.parts());
        if (!content.isEmpty()) {
            block.putArray("content").addAll(content);
        }
        return result.isError() ? block.put("is_error", true) : block;
    }

    /** Other providers' ids may have signs that this API refuses. */
    private static String id(String id) {
        return id.replaceAll("[^a-zA-Z0-9_-]", "_");
    }

    /** What this API attached to the part, or its client wrote beside it. */
    private static JsonObject own(Part part) {
        return part.providerData().object(MessageBody.DIALECT);
    }

    static void cache(ObjectNode holder, CacheHint hint) {
        ObjectNode control = holder.putObject("cache_control").put(TYPE, "ephemeral");
        hint.timeToLive()
                .ifPresent(time -> control.put("ttl", time.compareTo(USUAL) > 0 ? "1h" : "5m"));
    }
}
