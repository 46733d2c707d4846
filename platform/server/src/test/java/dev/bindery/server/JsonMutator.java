package dev.bindery.server;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Makes bad bodies of good ones; the same seed makes the same. For one thread. */
final class JsonMutator {
    /** Values that readers may not expect where something else belongs. */
    private static final List<String> ODD =
            List.of(
                    "null",
                    "true",
                    "false",
                    "0",
                    "-1",
                    "1e400",
                    "-1e400",
                    "1e-400",
                    "9223372036854775808",
                    "-2147483649",
                    "2147483647",
                    "0.1",
                    "1".repeat(1200),
                    "-" + "9".repeat(400),
                    "\"\"",
                    "\"\\ud800\"",
                    "\"\\u0000\"",
                    "\"data:image/png;base64,%\"",
                    "\"data:;base64,iVBORw0KGgo=\"",
                    "\"http://[::1\"",
                    "\"" + "x".repeat(5000) + "\"",
                    "[]",
                    "{}",
                    "[null]",
                    "[[]]",
                    "[{}]",
                    "[1,\"a\",null]",
                    "{\"\":null}",
                    "{\"type\":\"text\"}",
                    "{\"type\":null}",
                    "{\"role\":\"user\",\"content\":null}",
                    "{\"type\":\"object\",\"type\":\"object\"}",
                    "[".repeat(70) + "]".repeat(70),
                    "{\"a\":".repeat(70) + "1" + "}".repeat(70),
                    "[".repeat(5000),
                    "NaN",
                    "Infinity",
                    "01",
                    "'x'",
                    "");

    private final RandomGenerator random;

    JsonMutator(RandomGenerator random) {
        this.random = random;
    }

    byte[] mutate(String good) {
        String text = good;
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            text = random.nextInt(4) == 0 ? duplicate(text) : replaceValue(text);
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return random.nextInt(4) == 0 ? spoil(bytes) : bytes;
    }

    /** Puts something else in the place of a value, whole or a part of it. */
    private String replaceValue(String text) {
        List<int[]> values = values(text);
        if (values.isEmpty()) {
            return text;
        }
        int[] value = values.get(random.nextInt(values.size()));
        String odd = ODD.get(random.nextInt(ODD.size()));
        return text.substring(0, value[0]) + odd + text.substring(value[1]);
    }

    /** Says a value twice: as a second item of a list, or under the name that is there already. */
    private String duplicate(String text) {
        List<int[]> values = values(text);
        if (values.isEmpty()) {
            return text;
        }
        int[] value = values.get(random.nextInt(values.size()));
        String twice = text.substring(value[0], value[1]);
        return text.substring(0, value[1]) + "," + twice + text.substring(value[1]);
    }

    /** Where values and names begin and end; good enough for text that is no JSON any more. */
    private static List<int[]> values(String text) {
        List<int[]> values = new ArrayList<>();
        List<Integer> open = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '{' || c == '[') {
                open.add(i);
            } else if ((c == '}' || c == ']') && !open.isEmpty()) {
                values.add(new int[] {open.removeLast(), i + 1});
            } else if (c == '"') {
                int end = text.indexOf('"', i + 1);
                int after = end < 0 ? text.length() : end + 1;
                values.add(new int[] {i, after});
                i = after - 1;
            } else if (Character.isLetterOrDigit(c)) {
                int end = i;
                while (end < text.length() && ",]} ".indexOf(text.charAt(end)) < 0) {
                    end++;
                }
                values.add(new int[] {i, end});
                i = end - 1;
            }
        }
        return values;
    }

    private byte[] spoil(byte[] bytes) {
        ByteArrayOutputStream spoiled = new ByteArrayOutputStream();
        int at = random.nextInt(bytes.length + 1);
        spoiled.write(bytes, 0, at);
        switch (random.nextInt(4)) {
            case 0 -> {}
            case 1 -> {
                spoiled.write(0xc0 + random.nextInt(0x40));
                spoiled.write(bytes, at, bytes.length - at);
            }
            case 2 -> {
                spoiled.write(random.nextInt(256));
                int skipped = Math.min(bytes.length, at + 1);
                spoiled.write(bytes, skipped, bytes.length - skipped);
            }
            default -> {
                spoiled.write(new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}, 0, 3);
                spoiled.write(bytes, at, bytes.length - at);
            }
        }
        return spoiled.toByteArray();
    }
}
