package dev.bindery.openai;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Ids of tool calls for a provider that takes only letters and digits, and only so many: a
 * conversation may hold calls that another provider has made. The same id always becomes the same.
 */
final class ToolCallIds {
    private static final String CHARACTERS =
            "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int MOST = 32;

    private final int length;

    /**
     * @param length 0 where any id will do
     */
    ToolCallIds(int length) {
        this.length = Math.min(length, MOST);
    }

    String of(String id) {
        if (length == 0 || (id.length() == length && id.matches("[0-9A-Za-z]*"))) {
            return id;
        }
        byte[] hash = hash(id);
        StringBuilder written = new StringBuilder();
        for (int i = 0; i < length; i++) {
            written.append(CHARACTERS.charAt((hash[i] & 0xFF) % CHARACTERS.length()));
        }
        return written.toString();
    }

    private static byte[] hash(String id) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(id.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
