package dev.bindery.server.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * JSON text being written, as UTF-8, into a buffer that is used again. The caller sees to the
 * structure: commas after values and fields are set by themselves, brackets are not balanced for
 * it. Made for the path of every token, so nothing is allocated there. For one thread.
 */
public final class JsonText {
    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NULL = utf8("null");
    private static final byte[] TRUE = utf8("true");
    private static final byte[] FALSE = utf8("false");
    private static final int LONGEST_ESCAPE = 6;

    private byte[] bytes = new byte[512];
    private int length;

    /** Those bytes of text that stands in a source file. */
    public static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Empties the buffer and keeps its memory. */
    public JsonText clear() {
        length = 0;
        return this;
    }

    /** What was written, valid until the next change; see {@link #length()}. */
    public byte[] buffer() {
        return bytes;
    }

    public int length() {
        return length;
    }

    public byte[] toBytes() {
        return Arrays.copyOf(bytes, length);
    }

    public JsonText beginObject() {
        return open('{');
    }

    public JsonText endObject() {
        return put('}');
    }

    public JsonText beginArray() {
        return open('[');
    }

    public JsonText endArray() {
        return put(']');
    }

    /** A field's name; its value is to follow. */
    public JsonText field(String name) {
        separate();
        quote(name);
        return put(':');
    }

    public JsonText text(String value) {
        separate();
        return quote(value);
    }

    public JsonText number(long value) {
        separate();
        return value >= 0 && value < 10 ? put('0' + (int) value) : ascii(Long.toString(value));
    }

    /** A finite number; what is not finite has no JSON and becomes null. */
    public JsonText number(double value) {
        separate();
        return Double.isFinite(value) ? ascii(Double.toString(value)) : raw(NULL);
    }

    /** As {@link #number(double)}, in the fewest digits that tell the float. */
    public JsonText number(float value) {
        separate();
        return Float.isFinite(value) ? ascii(Float.toString(value)) : raw(NULL);
    }

    public JsonText flag(boolean value) {
        separate();
        return raw(value ? TRUE : FALSE);
    }

    public JsonText nothing() {
        separate();
        return raw(NULL);
    }

    /** A value that is JSON text already. */
    public JsonText value(String json) {
        separate();
        return raw(utf8(json));
    }

    /** Bytes as they are. */
    public JsonText raw(byte[] more) {
        room(more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
        length += more.length;
        return this;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.UTF_8);
    }

    private JsonText open(char bracket) {
        separate();
        return put(bracket);
    }

    /** Sets a comma where the last thing written was a value. */
    private void separate() {
        if (length > 0) {
            switch (bytes[length - 1]) {
                case '{', '[', ':', ',', ' ', '\n' -> {}
                default -> put(',');
            }
        }
    }

    private JsonText put(int b) {
        room(1);
        bytes[length++] = (byte) b;
        return this;
    }

    private JsonText ascii(String text) {
        int count = text.length();
        room(count);
        for (int i = 0; i < count; i++) {
            bytes[length++] = (byte) text.charAt(i);
        }
        return this;
    }

    private JsonText quote(String text) {
        put('"');
        for (int i = 0; i < text.length(); i++) {
            room(LONGEST_ESCAPE);
            char c = text.charAt(i);
            if (c >= 0x80) {
                i += wide(text, i, c);
            } else if (c < 0x20 || c == '"' || c == '\\' || c == 0x7f) {
                escape(c);
            } else {
                bytes[length++] = (byte) c;
            }
        }
        return put('"');
    }

    private void escape(char c) {
        bytes[length++] = '\\';
        switch (c) {
            case '"', '\\' -> bytes[length++] = (byte) c;
            case '\n' -> bytes[length++] = 'n';
            case '\r' -> bytes[length++] = 'r';
            case '\t' -> bytes[length++] = 't';
            default -> unicode(c);
        }
    }

    /**
     * @return how many more chars were taken than one
     */
    private int wide(String text, int at, char c) {
        if (c == '\u2028' || c == '\u2029') {
            bytes[length++] = '\\';
            unicode(c);
            return 0;
        }
        int codePoint = text.codePointAt(at);
        encode(
                Character.isBmpCodePoint(codePoint) && Character.isSurrogate(c)
                        ? 0xfffd
                        : codePoint);
        return Character.charCount(codePoint) - 1;
    }

    private void unicode(char c) {
        bytes[length++] = 'u';
        for (int shift = 12; shift >= 0; shift -= 4) {
            bytes[length++] = HEX[(c >> shift) & 0xf];
        }
    }

    private void encode(int codePoint) {
        if (codePoint < 0x800) {
            bytes[length++] = (byte) (0xc0 | (codePoint >> 6));
        } else {
            if (codePoint < 0x10000) {
                bytes[length++] = (byte) (0xe0 | (codePoint >> 12));
            } else {
                bytes[length++] = (byte) (0xf0 | (codePoint >> 18));
                bytes[length++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
            }
            bytes[length++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        }
        bytes[length++] = (byte) (0x80 | (codePoint & 0x3f));
    }

    private void room(int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, 2 * bytes.length));
        }
    }
}
