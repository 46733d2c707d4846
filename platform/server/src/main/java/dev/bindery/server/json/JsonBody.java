package dev.bindery.server.json;

import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeType;
import tools.jackson.databind.node.ObjectNode;

/** Reads a request's body as one JSON object, and says where it is not one. */
public final class JsonBody {
    /** The parser's own words for those who program it: settings, classes, where it reads from. */
    private static final Pattern INNER =
            Pattern.compile(
                    " \\(start marker at .*\\)$|, from `[^`]*`(?=\\))|: enable `.*$"
                            + "| \\(not recognized as .*$");

    private final JsonMapper mapper;

    /**
     * @param depth how deep lists and objects may be nested
     */
    public JsonBody(int depth) {
        // The body's own limit bounds its strings: images come as base64.
        StreamReadConstraints constraints =
                StreamReadConstraints.builder()
                        .maxNestingDepth(depth)
                        .maxStringLength(Integer.MAX_VALUE)
                        .build();
        mapper =
                JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                        .build();
    }

    /**
     * @throws Refusal 400, with line and column, for what is no JSON; 413 for what is too long
     */
    public Fields read(Exchange exchange) throws IOException {
        byte[] body = exchange.body();
        if (body.length == 0) {
            throw Refusal.invalid("the request has no body; it needs a JSON object");
        }
        return object(body);
    }

    /**
     * An object that came as text of its own.
     *
     * @throws Refusal 400 for what is no JSON, or no object
     */
    public Fields object(byte[] body) {
        JsonNode root = parse(body);
        if (!(root instanceof ObjectNode object)) {
            throw Refusal.invalid("the body is %s, not an object".formatted(kind(root)));
        }
        return new Fields("", object);
    }

    private JsonNode parse(byte[] body) {
        try {
            return mapper.readTree(body);
        } catch (JacksonException e) {
            throw Refusal.invalid(
                    "the body is not JSON: %s%s".formatted(place(e.getLocation()), firstLine(e)));
        }
    }

    private static String place(@Nullable TokenStreamLocation at) {
        return at == null ? "" : "line %d, column %d: ".formatted(at.getLineNr(), at.getColumnNr());
    }

    /** What is wrong, without where the parser believes what it reads to come from. */
    private static String firstLine(JacksonException e) {
        String message = e.getOriginalMessage();
        String line = message == null ? "" : message.lines().findFirst().orElse("");
        if (line.startsWith("Trailing token")) {
            return "there is more behind the end of the object";
        }
        return line.isEmpty() ? "unreadable" : INNER.matcher(line).replaceAll("");
    }

    static String kind(JsonNode node) {
        return switch (node.getNodeType()) {
            case JsonNodeType.ARRAY -> "a list";
            case JsonNodeType.OBJECT -> "an object";
            case JsonNodeType.STRING -> "a string";
            case JsonNodeType.NUMBER -> "a number";
            case JsonNodeType.BOOLEAN -> "a boolean";
            case JsonNodeType.NULL -> "null";
            default -> "nothing";
        };
    }
}
