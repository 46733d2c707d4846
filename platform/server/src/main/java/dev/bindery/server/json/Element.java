package dev.bindery.server.json;

import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonBoolean;
import dev.bindery.api.JsonDouble;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.server.http.Refusal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A value of a request's body and its full name. Asked for as what it must be, it is that or it is
 * refused.
 */
public final class Element {
    private static final Pattern WORD = Pattern.compile("[\\w.-]{0,32}");

    private final String name;
    private final JsonNode node;

    Element(String name, JsonNode node) {
        this.name = name;
        this.node = node;
    }

    /** Its full name: {@code messages[0].content}. */
    public String name() {
        return name;
    }

    public boolean isText() {
        return node.isString();
    }

    public boolean isWhole() {
        return node.isIntegralNumber();
    }

    public boolean isNumber() {
        return node.isNumber();
    }

    public boolean isFlag() {
        return node.isBoolean();
    }

    public boolean isList() {
        return node.isArray();
    }

    public boolean isObject() {
        return node.isObject();
    }

    /** Well-formed text: half a character is refused. */
    public String text() {
        if (!node.isString()) {
            throw wrong("a string");
        }
        return wellFormed(name, node.stringValue());
    }

    public boolean flag() {
        if (!node.isBoolean()) {
            throw wrong("true or false");
        }
        return node.booleanValue();
    }

    public double number(double least, double greatest) {
        double value = node.isNumber() ? closest(node) : Double.NaN;
        if (!(value >= least && value <= greatest)) {
            throw wrong("a number" + range(plain(least), plain(greatest)));
        }
        return value;
    }

    public long whole(long least, long greatest) {
        boolean whole = node.isIntegralNumber() && node.canConvertToLong();
        long value = whole ? node.longValue() : 0;
        if (!whole || value < least || value > greatest) {
            throw wrong("a whole number" + range(Long.toString(least), Long.toString(greatest)));
        }
        return value;
    }

    public Fields object() {
        if (!(node instanceof ObjectNode object)) {
            throw wrong("an object");
        }
        return new Fields(name, object);
    }

    public List<Element> list() {
        if (!(node instanceof ArrayNode array)) {
            throw wrong("a list");
        }
        return Fields.elements(name, array);
    }

    /** The value as the contract has it, whatever it is. */
    public JsonValue json() {
        try {
            return convert(node);
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(name, String.valueOf(e.getMessage()));
        }
    }

    /** The value as JSON text on one line, for what goes on as text. */
    public String jsonText() {
        return wellFormed(name, node.toString());
    }

    /** A refusal of this value. */
    public Refusal wrong(String expected) {
        return Refusal.invalid(name, "expected %s, found %s".formatted(expected, found()));
    }

    /** A word that was chosen wrongly is shown, and so are numbers; contents are not. */
    private String found() {
        boolean word = node.isString() && WORD.matcher(node.stringValue()).matches();
        return word || node.isNumber() || node.isBoolean() ? node.toString() : JsonBody.kind(node);
    }

    private JsonValue convert(JsonNode value) {
        return switch (value) {
            case ObjectNode object -> convert(object);
            case ArrayNode array -> new JsonArray(array.valueStream().map(this::convert).toList());
            case JsonNode text when text.isString() ->
                    new JsonString(wellFormed(name, text.stringValue()));
            case JsonNode flag when flag.isBoolean() -> JsonBoolean.of(flag.booleanValue());
            case JsonNode number when number.isIntegralNumber() && number.canConvertToLong() ->
                    new JsonLong(number.longValue());
            case JsonNode number when number.isNumber() -> new JsonDouble(closest(number));
            default -> JsonNull.NULL;
        };
    }

    /** Infinity for what is beyond a double: Jackson's own conversion would throw. */
    private static double closest(JsonNode number) {
        return number.isBigInteger() ? number.bigIntegerValue().doubleValue() : number.asDouble();
    }

    private JsonObject convert(ObjectNode object) {
        Map<String, JsonValue> fields = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> field : object.properties()) {
            fields.put(wellFormed(name, field.getKey()), convert(field.getValue()));
        }
        return new JsonObject(fields);
    }

    static String wellFormed(String name, String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                int codePoint = text.codePointAt(i);
                if (Character.isBmpCodePoint(codePoint)) {
                    throw Refusal.invalid(
                            name,
                            "the character %d is half of a surrogate pair (\\u%04x); send whole"
                                            .formatted(i, codePoint)
                                    + " characters");
                }
                i++;
            }
        }
        return text;
    }

    private static String range(String least, String greatest) {
        return " from %s to %s".formatted(least, greatest);
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) ? Long.toString((long) bound) : Double.toString(bound);
    }
}
