package dev.bindery.binding.llamacpp;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what stands at the beginning of a GGUF file: names and values. Of a list that is long, or
 * not of numbers, only its length is kept. Refuses what no real model has, so that a broken file
 * cannot take all memory.
 */
final class GgufReader {
    private static final int MAGIC = 0x46554747;
    private static final int MOST_FIELDS = 1 << 16;
    private static final int LONGEST_TEXT = 1 << 24;
    private static final int LONGEST_KEPT_LIST = 1024;
    private static final int TEXT = 8;
    private static final int LIST = 9;

    private final DataInputStream in;

    private GgufReader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * @throws IOException when it is no GGUF file of version 2 or 3
     */
    static Map<String, Object> read(InputStream in) throws IOException {
        try {
            return new GgufReader(in).fields();
        } catch (EOFException e) {
            throw new IOException("the file ends within its header", e);
        }
    }

    private Map<String, Object> fields() throws IOException {
        int magic = int32();
        int version = int32();
        if (magic != MAGIC || version < 2 || version > 3) {
            throw new IOException("no GGUF file of version 2 or 3");
        }
        int64(); // the number of tensors
        long count = limited(int64(), MOST_FIELDS, "fields");
        Map<String, Object> fields = new LinkedHashMap<>();
        for (long i = 0; i < count; i++) {
            String name = text();
            fields.put(name, value(int32()));
        }
        return fields;
    }

    private Object value(int type) throws IOException {
        return switch (type) {
            case 0, 1 -> (long) in.readByte();
            case 7 -> in.readByte() != 0;
            case 2, 3 -> (long) Short.reverseBytes(in.readShort());
            case 4 -> Integer.toUnsignedLong(int32());
            case 5 -> (long) int32();
            case 6 -> (double) Float.intBitsToFloat(int32());
            case TEXT -> text();
            case LIST -> list();
            case 10, 11 -> int64();
            case 12 -> Double.longBitsToDouble(int64());
            default -> throw new IOException("a value of the unknown type " + type);
        };
    }

    /** The items of a short list of numbers; of others the length, their items passed over. */
    private Object list() throws IOException {
        int type = int32();
        long length = limited(int64(), Integer.MAX_VALUE, "items");
        boolean kept = length <= LONGEST_KEPT_LIST && type != TEXT && type != LIST;
        List<Object> items = new ArrayList<>();
        for (long i = 0; i < length; i++) {
            if (type == TEXT) {
                in.skipNBytes(limited(int64(), LONGEST_TEXT, "bytes of text"));
            } else if (kept) {
                items.add(value(type));
            } else {
                value(type);
            }
        }
        return kept ? List.copyOf(items) : (Object) length;
    }

    private String text() throws IOException {
        long length = limited(int64(), LONGEST_TEXT, "bytes of text");
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static long limited(long count, long most, String what) throws IOException {
        if (count < 0 || count > most) {
            throw new IOException(
                    "%s %s in a header".formatted(Long.toUnsignedString(count), what));
        }
        return count;
    }

    private int int32() throws IOException {
        return Integer.reverseBytes(in.readInt());
    }

    private long int64() throws IOException {
        return Long.reverseBytes(in.readLong());
    }
}
