package dev.bindery.server.answer;

import dev.bindery.api.Blob;
import dev.bindery.api.ErrorCode;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/** Media that come inside a request: {@code data:} URLs (RFC 2397), and plain base64. */
public final class DataUrls {
    private static final String BASE64 = ";base64";
    private static final String DEFAULT_TYPE = "text/plain;charset=US-ASCII";

    private DataUrls() {}

    /**
     * @throws Refusal for an address, which this server does not fetch, and for what cannot be
     *     decoded
     */
    public static Blob blob(Element url) {
        String text = url.text();
        if (!text.regionMatches(true, 0, "data:", 0, 5)) {
            throw Refusal.of(
                            400,
                            ErrorCode.UNSUPPORTED.name(),
                            url.name()
                                    + ": this server fetches no addresses; send the content itself"
                                    + " as a data: URL (data:image/png;base64,…)")
                    .about(url.name());
        }
        int comma = text.indexOf(',');
        if (comma < 0) {
            throw Refusal.invalid(url.name(), "a data: URL has a comma before its content");
        }
        return blob(url, text.substring(5, comma), text.substring(comma + 1));
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
