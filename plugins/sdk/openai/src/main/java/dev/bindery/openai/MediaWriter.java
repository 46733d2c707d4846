package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.Json;
import dev.bindery.http.MediaData;
import tools.jackson.databind.node.ObjectNode;

/** Writes images, sounds and documents as parts of a message. */
final class MediaWriter {
    private final ImageLimit imageLimit;

    MediaWriter(ImageLimit imageLimit) {
        this.imageLimit = imageLimit;
    }

    ObjectNode write(MediaPart media) {
        return media.blob()
                .map(blob -> bytes(media, blob))
                .orElseGet(() -> image(media, media.uri().orElseThrow().toString()));
    }

    private ObjectNode bytes(MediaPart media, Blob blob) {
        return switch (MediaData.kind(blob)) {
            case "image" -> image(media, MediaData.dataUrl(imageLimit.apply(blob)));
            case "audio" -> audio(blob);
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

    private static ObjectNode audio(Blob blob) {
        ObjectNode part = Json.object().put("type", "input_audio");
        part.putObject("input_audio")
                .put("data", MediaData.base64(blob))
                .put("format", format(blob));
        return part;
    }

    /** What OpenAI calls the media type. */
    private static String format(Blob blob) {
        String type = MediaData.type(blob);
        String subtype = type.substring(type.indexOf('/') + 1);
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
                .put("file_data", MediaData.dataUrl(blob));
        return part;
    }
}
