package dev.bindery.server.answer;

import dev.bindery.api.Blob;
import dev.bindery.api.MediaPart;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/**
 * Media that come inside a request, as {@code data:} URLs (RFC 2397) or plain base64; and the
 * addresses of others.
 */
public final class DataUrls {
    private static final String BASE64 = ";base64";
    private static final String DEFAULT_TYPE = "text/plain;charset=US-ASCII";

    private DataUrls() {}

    /**
     * A medium by its {@code data:} URL, or by an address, which {@link FetchedMedia} fetches.
     *
     * @throws Refusal for any other URL, and for what cannot be decoded
     */
    public static MediaPart part(Element url) {
        if (isAddress(url)) {
            return MediaPart.of(address(url));
        }
        if (!startsWith(url, "data:")) {
            throw Refusal.invalid(
                    url.name(), "expected a URL that begins with data:, https: or http:");
        }
        return MediaPart.of(blob(url));
    }

    /** A medium as {@link #part} takes it, or as base64 without anything around it. */
    public static MediaPart part(Element content, String mediaType) {
        return isAddress(content) || startsWith(content, "data:")
                ? part(content)
                : MediaPart.of(base64(content, mediaType));
    }

    /**
     * @throws Refusal for what cannot be decoded, and for any other URL
     */
    public static Blob blob(Element url) {
        String text = url.text();
        int comma = text.indexOf(',');
        if (!startsWith(url, "data:") || comma < 0) {
            throw Refusal.invalid(url.name(), "a data: URL has a comma before its content");
        }
        return blob(url, text.substring(5, comma), text.substring(comma + 1));
    }

    private static boolean isAddress(Element url) {
        return startsWith(url, "http:") || startsWith(url, "https:");
    }

    private static boolean startsWith(Element url, String scheme) {
        return url.text().regionMatches(true, 0, scheme, 0, scheme.length());
    }

    private static URI address(Element url) {
        try {
            return new URI(url.text());
        } catch (URISyntaxException e) {
            throw Refusal.invalid(
                    url.name(),
                    "not an address: %s at character %d".formatted(e.getReason(), e.getIndex()));
        }
    }

    /** Base64 without anything around it. */
    public static Blob base64(Element content, String mediaType) {
        return Blob.of(mediaType, decoded(content, content.text()));
    }

    private static Blob blob(Element url, String head, String content) {
        boolean base64 = head.toLowerCase(Locale.ROOT).endsWith(BASE64);
        String type = base64 ? head.substring(0, head.length() - BASE64.length()) : head;
        byte[] bytes = base64 ? decoded(url, content) : unescaped(url, content);
        return Blob.of(type.isEmpty() ? DEFAULT_TYPE : type, bytes);
    }

    private static byte[] decoded(Element element, String content) {
        try {
            return Base64.getDecoder().decode(content);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(element.name(), "not base64: " + e.getMessage());
        }
    }

    private static byte[] unescaped(Element url, String content) {
        try {
            return URLDecoder.decode(content.replace("+", "%2B"), StandardCharsets.ISO_8859_1)
                    .getBytes(StandardCharsets.ISO_8859_1);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(url.name(), "not percent-encoded: " + e.getMessage());
        }
    }
}
