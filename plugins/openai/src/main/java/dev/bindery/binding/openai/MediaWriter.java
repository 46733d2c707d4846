package dev.bindery.binding.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.http.Json;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/** Writes images, sounds and documents as parts of a message. */
final class MediaWriter {
    private MediaWriter() {}

    static ObjectNode write(MediaPart media) {
        return media.blob()
                .map(blob -> bytes(media, blob))
                .orElseGet(() -> image(media, media.uri().orElseThrow().toString()));
    }

    private static ObjectNode bytes(MediaPart media, Blob blob) {
        String type = blob.mediaType().toLowerCase(Locale.ROOT);
        return switch (type.substring(0, Math.max(0, type.indexOf('/')))) {
            case "image" -> image(media, dataUrl(blob));
            case "audio" -> audio(type, blob);
            case "video" ->
                    throw BindingException.unsupported(
                            "video: this API takes images, audio and documents");
            default -> file(media, blob);
        };
    }

    private static ObjectNode image(MediaPart media, String url) {
        ObjectNode part = Json.object().put("type", "image_url");
        ObjectNode image = part.putObject("image_url").put("url", url);
        media.detail().ifPresent(detail -> image.put("detail", detail));
        return part;
    }

    private static ObjectNode audio(String type, Blob blob) {
        ObjectNode part = Json.object().put("type", "input_audio");
        part.putObject("input_audio").put("data", base64(blob)).put("format", format(type));
        return part;
    }

    /** What OpenAI calls the media type. */
    private static String format(String type) {
        String subtype = type.substring(type.indexOf('/') + 1).replaceAll(";.*", "").strip();
        return switch (subtype) {
            case "mpeg", "mp3", "mpeg3", "x-mpeg-3" -> "mp3";
            case "wav", "x-wav", "wave", "vnd.wave" -> "wav";
            default -> subtype.startsWith("x-") ? subtype.substring(2) : subtype;
        };
    }

    private static ObjectNode file(MediaPart media, Blob blob) {
        ObjectNode part = Json.object().put("type", "file");
        part.putObject("file")
                .put("filename", media.name().orElse("document"))
                .put("file_data", dataUrl(blob));
        return part;
    }

    private static String dataUrl(Blob blob) {
        return "data:%s;base64,%s".formatted(blob.mediaType(), base64(blob));
    }

    private static String base64(Blob blob) {
        try {
            return Base64.getEncoder().encodeToString(blob.bytes());
        } catch (IOException e) {
            throw BindingException.invalidRequest(
                    "%s cannot be read: %s".formatted(blob, e.getMessage()));
        }
    }
}
