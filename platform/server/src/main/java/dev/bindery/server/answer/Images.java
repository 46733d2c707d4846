package dev.bindery.server.answer;

import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.server.fetch.MediaBeginnings;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import java.io.IOException;
import java.io.UncheckedIOException;

/** Images that come as plain base64, without a word on what kind they are. */
public final class Images {
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
        if (image.text().regionMatches(true, 0, "http://", 0, 7)
                || image.text().regionMatches(true, 0, "https://", 0, 8)) {
            throw Refusal.invalid(
                    image.name(),
                    "found an address, but this API's images come in base64 only; OpenAI's and"
                            + " Anthropic's APIs of this server take addresses");
        }
        byte[] bytes = bytes(DataUrls.base64(image, "application/octet-stream"));
        String type =
                MediaBeginnings.type(bytes)
                        .filter(known -> known.startsWith("image/"))
                        .orElseThrow(() ->
                                Refusal.invalid(
                                        image.name(),
                                        "the bytes are no image; expected PNG, JPEG, GIF, WebP or"
                                                + " BMP in base64"));
        return MediaPart.of(Blob.of(type, bytes));
    }

    private static byte[] bytes(Blob blob) {
        try {
            return blob.bytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
