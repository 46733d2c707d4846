package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.MediaPart;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.http.Json;
import dev.bindery.http.WellFormedText;
import java.net.URI;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads the parts of one candidate: each is handed on as it comes, and kept as it must go back. */
final class PartReader {
    private final GenerationCallback heard;
    private final AnswerParts parts = new AnswerParts();
    private final WellFormedText text = new WellFormedText();
    private final WellFormedText thoughts = new WellFormedText();
    private int calls;

    PartReader(GenerationCallback heard) {
        this.heard = heard;
    }

    boolean hasCalls() {
        return calls > 0;
    }

    List<Part> all() {
        return parts.all();
    }

    /** Whether to go on. */
    boolean take(JsonNode part) {
        String signature = Signature.in(part);
        boolean thought = part.path("thought").asBoolean(false);
        if (part.has("functionCall")) {
            return call(part.path("functionCall"), signature);
        }
        if (part.has("inlineData")) {
            return thought || media(inline(part.path("inlineData")), signature);
        }
        if (part.has("fileData")) {
            return thought || media(address(part.path("fileData")), signature);
        }
        if (part.has("text") || isSignatureAlone(part)) {
            String piece = Json.text(part, "text");
            return thought ? thought(piece, signature) : text(text.take(piece), signature);
        }
        return opaque(part);
    }

    /** Gemini 3 ends streams with such a part, with and without an empty text. */
    private static boolean isSignatureAlone(JsonNode part) {
        return part.propertyStream()
                .allMatch(field -> field.getKey().matches("thought|thoughtSignature"));
    }

    boolean flush() {
        return thought(thoughts.rest(), null) && text(text.rest(), null);
    }

    private boolean text(String piece, @Nullable String signature) {
        if (!piece.isEmpty() && !heard.chunk(piece)) {
            return false;
        }
        parts.text(piece, signature);
        return true;
    }

    private boolean thought(String sent, @Nullable String signature) {
        String piece = thoughts.take(sent);
        Part said = Signature.on(ReasoningPart.of(piece), signature);
        boolean silent = piece.isEmpty() && signature == null;
        if (!silent && !heard.on(Operation.reasoning((ReasoningPart) said))) {
            return false;
        }
        parts.thought(piece, signature);
        return true;
    }

    /** Gemini sends calls whole. */
    private boolean call(JsonNode call, @Nullable String signature) {
        String id = CallId.of(Json.text(call, "id"));
        String name = Json.text(call, "name");
        JsonNode args = call.path("args");
        String arguments = args.isObject() ? args.toString() : "{}";
        ToolCallPart said =
                (ToolCallPart) Signature.on(ToolCallPart.of(id, name, arguments), signature);
        if (!heard.on(Operation.toolCall(ToolCallDelta.whole(calls, said)))) {
            return false;
        }
        calls++;
        parts.add(said);
        return true;
    }

    private boolean media(MediaPart media, @Nullable String signature) {
        Part signed = Signature.on(media, signature);
        if (!heard.on(Operation.media((MediaPart) signed))) {
            return false;
        }
        parts.add(signed);
        return true;
    }

    private static MediaPart inline(JsonNode data) {
        String type = Json.text(data, "mimeType");
        try {
            byte[] bytes = Base64.getDecoder().decode(Json.text(data, "data"));
            return MediaPart.of(Blob.of(type.isEmpty() ? "application/octet-stream" : type, bytes));
        } catch (IllegalArgumentException _) {
            throw unreadable("a medium of type %s that is no base64".formatted(type));
        }
    }

    private static MediaPart address(JsonNode file) {
        try {
            return MediaPart.of(URI.create(Json.text(file, "fileUri")));
        } catch (IllegalArgumentException _) {
            throw unreadable("a medium at something that is no address");
        }
    }

    /** Code that Google ran, its result, and whatever comes to be: kept, to go back as it came. */
    private boolean opaque(JsonNode part) {
        try {
            String kind = part.propertyStream().map(field -> field.getKey()).findFirst().orElse("");
            parts.add(OpaquePart.of(Signature.DIALECT, kind, Json.value(part)));
            return true;
        } catch (IllegalArgumentException e) {
            throw unreadable("a part that is too much to be kept: " + e.getMessage());
        }
    }

    private static BindingException unreadable(String what) {
        return new BindingException(ErrorCode.UPSTREAM_ERROR, "Gemini sent " + what);
    }
}
