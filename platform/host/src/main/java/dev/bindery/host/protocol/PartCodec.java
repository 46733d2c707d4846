package dev.bindery.host.protocol;

import dev.bindery.api.Blob;
import dev.bindery.api.CacheHint;
import dev.bindery.api.MediaPart;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import java.net.URI;
import java.net.URISyntaxException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/** Parts of messages and answers; a kind that is not known here arrives as an opaque part. */
final class PartCodec {
    /** The dialect of the opaque parts that stand for unknown kinds. */
    static final String DIALECT = "bindery";

    private PartCodec() {}

    static ObjectNode encode(Part part, BlobWriter blobs) {
        WireObject wire = new WireObject();
        switch (part) {
            case TextPart text -> wire.text("kind", "text").text("text", text.text());
            case MediaPart media -> media(wire, media, blobs);
            case ToolCallPart call -> toolCall(wire, call);
            case ToolResultPart result -> toolResult(wire, result, blobs);
            case ReasoningPart reasoning -> reasoning(wire, reasoning);
            case OpaquePart opaque -> opaque(wire, opaque);
            default ->
                    throw new ProtocolException("no wire form of a " + part.getClass().getName());
        }
        return wire.node("cacheHint", part.cacheHint(), PartCodec::cacheHint)
                .json("providerData", part.providerData())
                .node();
    }

    static Part decode(WireReader wire, BlobReader blobs) {
        Part part =
                switch (wire.text("kind")) {
                    case "text" -> TextPart.of(wire.text("text"));
                    case "media" -> media(wire, blobs);
                    case "tool_call" ->
                            ToolCallPart.of(
                                    wire.text("id"), wire.text("name"), wire.text("arguments"));
                    case "tool_result" -> toolResult(wire, blobs);
                    case "reasoning" ->
                            ReasoningPart.of(
                                    wire.text("text"),
                                    wire.textIf("signature").orElse(null),
                                    wire.flag("redacted"));
                    case "opaque" ->
                            OpaquePart.of(
                                    wire.text("dialect"), wire.text("type"), wire.json("content"));
                    case String kind -> OpaquePart.of(DIALECT, kind, JsonTree.decode(wire.node()));
                };
        return part.withCacheHint(cacheHint(wire))
                .withProviderData(wire.jsonObject("providerData"));
    }

    static ObjectNode cacheHint(CacheHint hint) {
        return new WireObject().nanos("timeToLiveNanos", hint.timeToLive()).node();
    }

    static @Nullable CacheHint cacheHint(WireReader wire) {
        return wire.objectIf("cacheHint")
                .map(hint -> hint.nanosIf("timeToLiveNanos"))
                .map(time -> time.map(CacheHint::of).orElseGet(CacheHint::usual))
                .orElse(null);
    }

    private static void media(WireObject wire, MediaPart media, BlobWriter blobs) {
        wire.text("kind", "media")
                .node("blob", media.blob(), blob -> blob(blob, blobs))
                .text("uri", media.uri().map(URI::toString))
                .text("name", media.name())
                .text("detail", media.detail());
    }

    private static MediaPart media(WireReader wire, BlobReader blobs) {
        MediaPart media =
                wire.objectIf("blob")
                        .map(blob -> MediaPart.of(blob(blob, blobs)))
                        .orElseGet(() -> MediaPart.of(uri(wire.text("uri"))));
        return media.withName(wire.textIf("name").orElse(null))
                .withDetail(wire.textIf("detail").orElse(null));
    }

    private static ObjectNode blob(Blob blob, BlobWriter blobs) {
        return new WireObject()
                .text("id", blobs.idOf(blob))
                .text("mediaType", blob.mediaType())
                .whole("length", blob.length())
                .node();
    }

    private static Blob blob(WireReader wire, BlobReader blobs) {
        return blobs.blob(wire.text("id"), wire.text("mediaType"), wire.whole("length"));
    }

    private static URI uri(String text) {
        try {
            return new URI(text);
        } catch (URISyntaxException e) {
            throw new ProtocolException("the field uri is no address: " + e.getReason(), e);
        }
    }

    private static void toolCall(WireObject wire, ToolCallPart call) {
        wire.text("kind", "tool_call")
                .text("id", call.id())
                .text("name", call.name())
                .text("arguments", call.arguments());
    }

    private static void toolResult(WireObject wire, ToolResultPart result, BlobWriter blobs) {
        wire.text("kind", "tool_result")
                .text("callId", result.callId())
                .text("name", result.name())
                .list("parts", result.parts(), part -> encode(part, blobs))
                .flag("isError", result.isError());
    }

    private static ToolResultPart toolResult(WireReader wire, BlobReader blobs) {
        return ToolResultPart.of(
                wire.text("callId"),
                wire.textIf("name").orElse(null),
                wire.list("parts", part -> decode(part, blobs)),
                wire.flag("isError"));
    }

    private static void reasoning(WireObject wire, ReasoningPart reasoning) {
        wire.text("kind", "reasoning")
                .text("text", reasoning.text())
                .text("signature", reasoning.signature())
                .flag("redacted", reasoning.redacted());
    }

    private static void opaque(WireObject wire, OpaquePart opaque) {
        wire.text("kind", "opaque")
                .text("dialect", opaque.dialect())
                .text("type", opaque.kind())
                .json("content", opaque.content());
    }
}
