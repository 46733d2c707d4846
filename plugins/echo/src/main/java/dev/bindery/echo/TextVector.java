package dev.bindery.echo;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Random;

/**
 * A vector of length 1 that depends on the text alone: the same on every machine, and unlike that
 * of any other text. It knows nothing of meaning.
 */
final class TextVector {
    private TextVector() {}

    static float[] of(String text, int dimensions) {
        Random random = new Random(seed(text));
        double[] direction = random.doubles(dimensions, -1, 1).toArray();
        double length = 0;
        for (double coordinate : direction) {
            length += coordinate * coordinate;
        }
        float[] unit = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            unit[i] = (float) (direction[i] / Math.sqrt(length));
        }
        return unit;
    }

    private static long seed(String text) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return ByteBuffer.wrap(digest).getLong();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
