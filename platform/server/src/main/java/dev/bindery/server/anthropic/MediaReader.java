package dev.bindery.server.anthropic;

import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.server.answer.DataUrls;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.nio.charset.StandardCharsets;

/** Reads images and documents. */
final class MediaReader {
    private static final String PLAIN = "text/plain";

    private MediaReader() {}

    static MediaPart image(Fields block) {
        Fields source = block.required("source").object();
        Element type = source.required("type");
        return switch (type.text()) {
            case "base64" -> MediaPart.of(base64(source));
            case "url" -> DataUrls.part(source.required("url"));
            case "file" -> throw noFiles(source);
            default -> throw type.wrong("base64 or url");
        };
    }

    static MediaPart document(Fields block) {
        Fields source = block.required("source").object();
        Element type = source.required("type");
        MediaPart document =
                switch (type.text()) {
                    case "base64" -> MediaPart.of(base64(source));
                    case "text" -> MediaPart.of(plain(source));
                    case "url" -> DataUrls.part(source.required("url"));
                    case "file" -> throw noFiles(source);
                    default -> throw type.wrong("base64, text or url");
                };
        return document.withName(block.text("title"));
    }

    private static Blob base64(Fields source) {
        return DataUrls.base64(source.required("data"), source.requiredText("media_type"));
    }

    private static Blob plain(Fields source) {
        return Blob.of(PLAIN, source.requiredText("data").getBytes(StandardCharsets.UTF_8));
    }

    private static RuntimeException noFiles(Fields source) {
        return Unsupported.of(
                source.name("file_id"),
                "this server keeps no files; send the content itself, as base64");
    }
}
