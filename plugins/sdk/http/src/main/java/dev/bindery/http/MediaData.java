package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import java.io.IOException;
import java.util.Base64;
import java.util.Locale;
import org.apiguardian.api.API;

/** Binary data in the forms that providers take inside JSON. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class MediaData {
    private MediaData() {}

    /**
     * The bytes in base64.
     *
     * @throws BindingException INVALID_REQUEST when they cannot be read
     */
    public static String base64(Blob blob) {
        return Base64.getEncoder().encodeToString(bytes(blob));
    }

    /**
     * The bytes.
     *
     * @throws BindingException INVALID_REQUEST when they cannot be read
     */
    public static byte[] bytes(Blob blob) {
        try {
            return blob.bytes();
        } catch (IOException e) {
            throw BindingException.invalidRequest(
                    "%s cannot be read: %s".formatted(blob, e.getMessage()));
        }
    }

    /** {@code data:image/png;base64,…}. */
    public static String dataUrl(Blob blob) {
        return "data:%s;base64,%s".formatted(blob.mediaType(), base64(blob));
    }

    /** The media type in lower case and without parameters: {@code image/png}. */
    public static String type(Blob blob) {
        return blob.mediaType().replaceFirst(";.*", "").strip().toLowerCase(Locale.ROOT);
    }

    /** What comes before the slash: {@code image audio video application text}. */
    public static String kind(Blob blob) {
        String type = type(blob);
        return type.substring(0, Math.max(0, type.indexOf('/')));
    }
}
