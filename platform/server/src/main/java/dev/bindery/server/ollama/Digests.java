package dev.bindery.server.ollama;

import dev.bindery.host.ServedModel;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * What tells models apart: 64 hexadecimal digits, always, because Ollama's own client cuts them
 * without looking. The binding's digest where it has one of that form, else one of the model's
 * name.
 */
final class Digests {
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    private Digests() {}

    static String of(ServedModel model) {
        return model.info()
                .digest()
                .map(digest -> digest.replaceFirst("^sha256[:-]", ""))
                .filter(digest -> DIGEST.matcher(digest).matches())
                .orElseGet(() -> of(model.id()));
    }

    static String of(String name) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest(name.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
