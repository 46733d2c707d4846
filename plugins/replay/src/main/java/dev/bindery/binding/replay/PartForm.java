package dev.bindery.binding.replay;

import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import dev.bindery.http.Json;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Parts of messages and answers: the field that names the kind holds what is said. */
record PartForm(MediaShelf shelf) {
    ArrayNode write(List<Part> parts) {
        return Fields.list(parts.stream().map(this::write).toList());
    }

    private ObjectNode write(Part part) {
        Fields fields =
                switch (part) {
                    case TextPart text -> new Fields().text("text", text.text());
                    case ReasoningPart thought ->
                            new Fields()
                                    .text("reasoning", thought.text())
                                    .text("signature", thought.signature())
                                    .flag("redacted", thought.redacted());
                    case ToolCallPart call ->
                            new Fields()
                                    .text("tool_call", call.name())
                                    .text("id", call.id())
                                    .text("arguments", call.arguments());
                    case ToolResultPart result ->
                            new Fields()
                                    .text("tool_result", result.callId())
                                    .text("name", result.name())
                                    .node("parts", write(result.parts()))
                                    .flag("is_error", result.isError());
                    case MediaPart media -> media(media);
                    case OpaquePart opaque ->
                            new Fields()
                                    .text("opaque", opaque.kind())
                                    .text("dialect", opaque.dialect())
                                    .node("content", Json.node(opaque.content()));
                    default -> new Fields().text("unknown", part.getClass().getSimpleName());
                };
        return fields.foreign("provider_data", part.providerData()).node();
    }

    private Fields media(MediaPart media) {
        return media.blob()
                .map(blob ->
                        new Fields().text("media", blob.mediaType()).text("file", shelf.name(blob)))
                .orElseGet(() ->
                        new Fields().text("media", "").text("uri", media.uri().map(URI::toString)))
                .text("name", media.name())
                .text("detail", media.detail());
    }

    /** The media of parts, also of those within results of tools. */
    static List<Blob> media(List<Part> parts) {
        List<Blob> found = new ArrayList<>();
        for (Part part : parts) {
            switch (part) {
                case MediaPart media -> media.blob().ifPresent(found::add);
                case ToolResultPart result -> found.addAll(media(result.parts()));
                default -> {
                    // Holds none.
                }
            }
        }
        return found;
    }

    List<Part> read(JsonNode parts) {
        List<Part> read = new ArrayList<>();
        parts.forEach(part ->
                read.add(part(part).withProviderData(Fields.object(part, "provider_data"))));
        return read;
    }

    private Part part(JsonNode part) {
        if (part.has("text")) {
            return TextPart.of(Json.text(part, "text"));
        }
        if (part.has("reasoning")) {
            return reasoning(part);
        }
        if (part.has("tool_call")) {
            return ToolCallPart.of(
                    Json.text(part, "id"),
                    Json.text(part, "tool_call"),
                    Json.text(part, "arguments"));
        }
        if (part.has("media")) {
            return media(part);
        }
        if (part.has("opaque")) {
            return OpaquePart.of(
                    Json.text(part, "dialect"),
                    Json.text(part, "opaque"),
                    Json.value(part.path("content")));
        }
        throw new UnreadableException("a part of an unknown kind: " + part);
    }

    static ReasoningPart reasoning(JsonNode part) {
        return ReasoningPart.of(
                Json.text(part, "reasoning"),
                Fields.text(part, "signature").orElse(null),
                part.path("redacted").booleanValue(false));
    }

    MediaPart media(JsonNode part) {
        MediaPart media =
                Fields.text(part, "uri")
                        .map(uri -> MediaPart.of(URI.create(uri)))
                        .orElseGet(() ->
                                MediaPart.of(
                                        shelf.blob(
                                                Json.text(part, "media"),
                                                Json.text(part, "file"))));
        return media.withName(Fields.text(part, "name").orElse(null))
                .withDetail(Fields.text(part, "detail").orElse(null));
    }
}
