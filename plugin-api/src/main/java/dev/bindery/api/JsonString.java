package dev.bindery.api;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** A string of JSON. */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class JsonString extends JsonValue {
    private final String value;

    public JsonString(String value) {
        super(0, value.length() + 2L);
        this.value = value;
    }

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
        for (int i = 0; i < text.length(); i++) {
            escape(text.charAt(i), out);
        }
        out.append('"');
    }

    private static void escape(char c, StringBuilder out) {
        switch (c) {
            case '"' -> out.append("\\\"");
            case '\\' -> out.append("\\\\");
            case '\n' -> out.append("\\n");
            case '\r' -> out.append("\\r");
            case '\t' -> out.append("\\t");
            default -> {
                if (c < 0x20 || Character.isSurrogate(c)) {
                    out.append("\\u%04x".formatted((int) c));
                } else {
                    out.append(c);
                }
            }
        }
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
