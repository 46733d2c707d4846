package dev.bindery.http;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apiguardian.api.API;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What a provider says went wrong, from the forms that are in use: {@code {"error":{"message",
 * "code", "type"}}}, {@code {"error":"…"}}, {@code {"message"}}, {@code {"detail"}}, the same in a
 * list, a page of HTML, a text.
 *
 * @param status the HTTP status; 0 when the error came inside an answer and names none
 * @param codes the provider's own words for it: code, type, status; lower case
 * @param message what it says, for people; shortened
 * @param retryAfter how long to wait, where it is said there instead of in a header
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ProviderError(
        int status, List<String> codes, String message, Optional<Duration> retryAfter) {
    private static final int MOST = 1000;
    private static final int MOST_OF_A_PAGE = 200;
    private static final Pattern TITLE = Pattern.compile("(?is)<title[^>]*>(.*?)</title>");
    private static final Pattern NO_TEXT =
            Pattern.compile("(?is)<(script|style)\\b.*?</\\1>|<[^>]*>");

    /** The error of an answer with that status. */
    static ProviderError of(int status, byte[] body) {
        String text = new String(body, StandardCharsets.UTF_8).strip();
        try {
            JsonNode json = text.isEmpty() ? Json.object() : Json.parse(text);
            if (json.isObject() || json.isArray()) {
                return of(status, json);
            }
        } catch (JacksonException _) {
            // Not JSON: said in the provider's own words below.
        }
        return new ProviderError(status, List.of(), page(text), Optional.empty());
    }

    /** The error inside an answer; a code that is a number counts as its status. */
    static ProviderError of(JsonNode body) {
        JsonNode error = inner(body);
        int code = error.path("code").asInt(0);
        return of(code >= 400 && code <= 599 ? code : 0, body);
    }

    private static ProviderError of(int status, JsonNode body) {
        JsonNode error = inner(body);
        List<String> codes =
                Stream.of("code", "type", "status")
                        .map(field -> error.path(field))
                        .filter(JsonNode::isString)
                        .map(code -> code.stringValue().toLowerCase(Locale.ROOT))
                        .toList();
        String message = shortened(message(error, body), MOST);
        return new ProviderError(status, codes, message, RetryAfter.in(error.path("details")));
    }

    /** With a code that stood elsewhere, up to the first sign that is none of a name's. */
    ProviderError withCode(String code) {
        String name = code.replaceFirst("[^A-Za-z0-9_.-].*", "").toLowerCase(Locale.ROOT);
        return name.isEmpty()
                ? this
                : new ProviderError(
                        status,
                        Stream.concat(Stream.of(name), codes.stream()).toList(),
                        message,
                        retryAfter);
    }

    private static JsonNode inner(JsonNode body) {
        JsonNode first = body.isArray() ? body.path(0) : body;
        JsonNode error = first.path("error");
        return error.isObject() ? error : first;
    }

    private static String message(JsonNode error, JsonNode body) {
        return Stream.of("message", "Message", "error", "detail", "error_description", "msg")
                .map(error::path)
                .filter(found -> !found.isMissingNode() && !found.isNull())
                .map(found -> found.isString() ? found.stringValue() : found.toString())
                .filter(found -> !found.isBlank())
                .findFirst()
                .orElseGet(() -> body.isEmpty() ? "no reason given" : body.toString());
    }

    private static String page(String text) {
        if (text.isEmpty()) {
            return "no reason given";
        }
        var title = TITLE.matcher(text);
        String shown = title.find() ? title.group(1) : NO_TEXT.matcher(text).replaceAll(" ");
        return shortened(shown.replaceAll("\\s+", " ").strip(), MOST_OF_A_PAGE);
    }

    private static String shortened(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
        return text.substring(0, end) + "…";
    }
}
