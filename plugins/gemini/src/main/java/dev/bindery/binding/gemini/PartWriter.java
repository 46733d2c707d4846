package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.Json;
import dev.bindery.http.MediaData;
import java.net.URI;
import java.net.URLConnection;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes one part of a message; with its signature where it came with one. */
final class PartWriter {
    private final ImageLimit imageLimit;

    PartWriter(ImageLimit imageLimit) {
        this.imageLimit = imageLimit;
    }

    /** Empty for what this API has no use for: unsigned thoughts, parts of other dialects. */
    Optional<ObjectNode> write(Part part) {
        return switch (part) {
            case TextPart text ->
                    Optional.of(Signature.write(Json.object().put("text", text.text()), text));
            case MediaPart media -> Optional.of(Signature.write(media(media), media));
            case ToolCallPart call -> Optional.of(Signature.write(call(call), call));
            case ReasoningPart thought -> thought(thought);
            case OpaquePart opaque -> opaque(opaque);
            default ->
                    throw BindingException.unsupported(
                            "a part of kind %s in such a message"
                                    .formatted(part.getClass().getSimpleName()));
        };
    }

    /** Bytes inside the request, or the address of what Google can reach itself. */
    ObjectNode media(MediaPart media) {
        return media.blob()
                .map(this::inline)
                .orElseGet(() -> address(media, media.uri().orElseThrow()));
    }

    private ObjectNode inline(Blob blob) {
        Blob sent = imageLimit.apply(blob);
        ObjectNode part = Json.object();
        part.putObject("inlineData")
                .put("mimeType", MediaData.type(sent))
                .put("data", MediaData.base64(sent));
        return part;
    }

    private static ObjectNode address(MediaPart media, URI uri) {
        ObjectNode part = Json.object();
        ObjectNode file = part.putObject("fileData").put("fileUri", uri.toString());
        String named = media.name().orElseGet(() -> String.valueOf(uri.getPath()));
        Optional.ofNullable(URLConnection.guessContentTypeFromName(named))
                .ifPresent(type -> file.put("mimeType", type));
        return part;
    }

    private static ObjectNode call(ToolCallPart call) {
        ObjectNode part = Json.object();
        ObjectNode function = part.putObject("functionCall").put("name", call.name());
        function.set("args", arguments(call));
        if (CallId.isGiven(call.id())) {
            function.put("id", call.id());
        }
        return part;
    }

    private static JsonNode arguments(ToolCallPart call) {
        if (call.arguments().isBlank()) {
            return Json.object();
        }
        try {
            JsonNode arguments = Json.parse(call.arguments());
            if (arguments.isObject()) {
                return arguments;
            }
        } catch (JacksonException _) {
            // Told below.
        }
        throw BindingException.invalidRequest(
                "the arguments of the tool call %s (%s) are no JSON object"
                        .formatted(call.id(), call.name()));
    }

    private static Optional<ObjectNode> thought(ReasoningPart thought) {
        return Signature.of(thought)
                .map(_ ->
                        Signature.write(
                                Json.object().put("text", thought.text()).put("thought", true),
                                thought));
    }

    private static Optional<ObjectNode> opaque(OpaquePart opaque) {
        return opaque.dialect().equals(Signature.DIALECT)
                        && Json.node(opaque.content()) instanceof ObjectNode own
                ? Optional.of(own)
                : Optional.empty();
    }
}
