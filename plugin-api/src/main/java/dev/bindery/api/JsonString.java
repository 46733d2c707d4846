package dev.bindery.api;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A string of JSON. */
@API(status = API.Status.STABLE, since = "1.0")
public final class JsonString extends JsonValue {
    private final String value;

    /** Any text. Past the limit: {@link IllegalArgumentException}. */
    public JsonString(String value) {
        super(0, value.length() + 2L);
        this.value = value;
    }

    /** The text. */
    public String value() {
        return value;
    }

    @Override
    public String toJava() {
        return value;
    }

    @Override
    void write(StringBuilder out) {
        quote(value, out);
    }

    static void quote(String text, StringBuilder out) {
        out.append('"');
        text.codePoints().forEach(c -> escape(c, out));
        out.append('"');
    }

    private static void escape(int c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (needsEscape(c)) {
                    out.append("\\u%04x".formatted(c));
                } else {
                    out.appendCodePoint(c);
                }
            }
        }
    }

    /**
     * Control characters; what some readers take for the end of a line; lone surrogates, which no
     * encoding would survive.
     */
    private static boolean needsEscape(int c) {
        return c < 0x20
                || c == 0x85
                || c == 0x2028
                || c == 0x2029
                || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof JsonString that && that.value.equals(value);
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }
}
