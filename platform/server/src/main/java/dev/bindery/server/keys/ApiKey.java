package dev.bindery.server.keys;

import dev.bindery.host.ModelPattern;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A key that clients of the LLM APIs show. What they send is not kept, only its SHA-256: a key is
 * random and long enough that a slower hash would protect nothing more.
 */
public final class ApiKey {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    private final String name;
    private final String hash;
    private final List<String> models;
    private final List<ModelPattern> patterns;
    private final @Nullable Instant created;

    private ApiKey(String name, String hash, List<String> models, @Nullable Instant created) {
        this.name = name;
        this.hash = hash;
        this.models = List.copyOf(models);
        this.patterns = models.stream().map(ModelPattern::of).toList();
        this.created = created;
    }

    /** A key for all models. */
    public static ApiKey of(String name, String secret) {
        return of(name, secret, List.of(), null);
    }

    /**
     * @param name what logs and bindings call it
     * @param secret what clients send
     * @param models which models it may use, as {@code instance/model} with {@code *} for any
     *     characters; none for all models
     * @throws IllegalArgumentException for a name that is none, and for an empty secret
     */
    public static ApiKey of(
            String name, String secret, List<String> models, @Nullable Instant created) {
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the API key " + name + " is empty");
        }
        return hashed(name, hash(secret), models, created);
    }

    static ApiKey hashed(String name, String hash, List<String> models, @Nullable Instant created) {
        Objects.requireNonNull(name, "name");
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    ("'%s' cannot be an API key's name: up to 64 letters, digits, '.', '_' and"
                                    + " '-', beginning with a letter or digit")
                            .formatted(name));
        }
        for (String model : models) {
            if (model.isBlank()) {
                throw new IllegalArgumentException(
                        "the API key %s names an empty model; write INSTANCE/MODEL or INSTANCE/*"
                                .formatted(name));
            }
        }
        return new ApiKey(name, hash, models, created);
    }

    static String hash(String secret) {
        try {
            byte[] bytes = secret.getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** What logs and bindings call it. */
    public String name() {
        return name;
    }

    /** Which models it may use: {@code instance/model}, {@code *} for any characters. */
    public List<String> models() {
        return models;
    }

    /** When it was made, where that is known. */
    public Optional<Instant> created() {
        return Optional.ofNullable(created);
    }

    /** Whether it may use all models. */
    public boolean unlimited() {
        return models.isEmpty();
    }

    /**
     * @param model {@code instance/model}
     */
    public boolean permits(String model) {
        return unlimited() || patterns.stream().anyMatch(pattern -> pattern.matches(model));
    }

    /** What tells it from every other key, a later one of its name too. Not for logs. */
    public String hash() {
        return hash;
    }

    /** Compares in a time that tells nothing. */
    boolean isHashedAs(String other) {
        return MessageDigest.isEqual(
                hash.getBytes(StandardCharsets.US_ASCII),
                other.getBytes(StandardCharsets.US_ASCII));
    }

    /** The name only. */
    @Override
    public String toString() {
        return "ApiKey[" + name + "]";
    }
}
