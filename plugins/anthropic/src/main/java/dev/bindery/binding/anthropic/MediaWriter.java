package dev.bindery.binding.anthropic;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.Json;
import dev.bindery.http.MediaData;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Writes images and documents as content blocks. */
final class MediaWriter {
    private static final String PDF = "application/pdf";

    private final ImageLimit imageLimit;

    MediaWriter(ImageLimit imageLimit) {
        this.imageLimit = imageLimit;
    }

    ObjectNode write(MediaPart media) {
        ObjectNode block =
                media.blob().map(this::bytes).orElseGet(() -> address(media.uri().orElseThrow()));
        if (Json.text(block, "type").equals("document")) {
            media.name().ifPresent(name -> block.put("title", name));
        }
        return block;
    }

    private ObjectNode bytes(Blob blob) {
        String type = MediaData.type(blob);
        if (MediaData.kind(blob).equals("image")) {
            Blob image = imageLimit.apply(blob);
            return block("image", "base64", MediaData.type(image), MediaData.base64(image));
        }
        if (type.equals(PDF)) {
            return block("document", "base64", PDF, MediaData.base64(blob));
        }
        if (MediaData.kind(blob).equals("text") || type.equals("application/json")) {
            String text = new String(MediaData.bytes(blob), StandardCharsets.UTF_8);
            return block("document", "text", "text/plain", text);
        }
        throw BindingException.unsupported(
                "%s: Anthropic's API takes images, PDF documents and texts".formatted(type));
    }

    private static ObjectNode block(String kind, String source, String mediaType, String data) {
        ObjectNode block = Json.object().put("type", kind);
        block.putObject("source")
                .put("type", source)
                .put("media_type", mediaType)
                .put("data", data);
        return block;
    }

    /** The address alone tells what it is. */
    private static ObjectNode address(URI uri) {
        String path = String.valueOf(uri.getPath()).toLowerCase(Locale.ROOT);
        ObjectNode block = Json.object().put("type", path.endsWith(".pdf") ? "document" : "image");
        block.putObject("source").put("type", "url").put("url", uri.toString());
        return block;
    }
}
