package dev.bindery.server.answer;

import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** Images that come as plain base64, without a word on what kind they are. */
public final class Images {
    private static final Map<String, String> BEGINNINGS =
            Map.of(
                    "\u0089PNG", "image/png",
                    "\u00ff\u00d8\u00ff", "image/jpeg",
                    "GIF8", "image/gif",
                    "BM", "image/bmp");

    private Images() {}

    /**
     * An image, told by its first bytes; a {@code data:} URL says itself what it is.
     *
     * @throws Refusal for what is neither base64 nor an image
     */
    public static MediaPart read(Element image) {
        if (image.text().startsWith("data:")) {
            return MediaPart.of(DataUrls.blob(image));
        }
        byte[] bytes = bytes(DataUrls.base64(image, "application/octet-stream"));
        String type =
                type(bytes)
                        .orElseThrow(() ->
                                Refusal.invalid(
                                        image.name(),
                                        "the bytes are no image; expected PNG, JPEG, GIF, WebP or"
                                                + " BMP in base64"));
        return MediaPart.of(Blob.of(type, bytes));
    }

    private static Optional<String> type(byte[] bytes) {
        String head = new String(bytes, 0, Math.min(12, bytes.length), StandardCharsets.ISO_8859_1);
        if (head.startsWith("RIFF") && head.endsWith("WEBP")) {
            return Optional.of("image/webp");
        }
        return BEGINNINGS.entrySet().stream()
                .filter(beginning -> head.startsWith(beginning.getKey()))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static byte[] bytes(Blob blob) {
        try {
            return blob.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
