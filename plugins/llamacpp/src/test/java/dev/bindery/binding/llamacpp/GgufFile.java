package dev.bindery.binding.llamacpp;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Writes the beginning of a GGUF file: numbers, texts, flags, and lists of numbers or texts. */
final class GgufFile {
    private GgufFile() {}

    static GgufHeader header(Map<String, ?> fields) {
        try {
            return GgufHeader.of(new ByteArrayInputStream(bytes(fields)));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] bytes(Map<String, ?> fields) {
        ByteBuffer out = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
        out.putInt(0x46554747).putInt(3).putLong(0).putLong(fields.size());
        fields.forEach((name, value) -> {
            text(out, name);
            value(out, value);
        });
        return Arrays.copyOf(out.array(), out.position());
    }

    private static void value(ByteBuffer out, Object value) {
        switch (value) {
            case Integer number -> out.putInt(4).putInt(number);
            case Boolean flag -> out.putInt(7).put((byte) (flag ? 1 : 0));
            case String text -> text(out.putInt(8), text);
            case List<?> list -> list(out, list);
            default -> throw new IllegalArgumentException(value.toString());
        }
    }

    private static void list(ByteBuffer out, List<?> list) {
        boolean texts = list.getFirst() instanceof String;
        out.putInt(9).putInt(texts ? 8 : 4).putLong(list.size());
        for (Object item : list) {
            if (item instanceof String text) {
                text(out, text);
            } else {
                out.putInt((Integer) item);
            }
        }
    }

    private static void text(ByteBuffer out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.putLong(bytes.length).put(bytes);
    }
}
