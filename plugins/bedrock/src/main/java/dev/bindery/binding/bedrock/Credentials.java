package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Where the proof of who asks comes from. Asked at every request, so that what a tool has renewed
 * meanwhile is used; what is lent for a time is kept by {@link Renewed}. Nothing here goes over the
 * network. Free for all threads.
 */
interface Credentials {
    /**
     * @throws BindingException NOT_CONFIGURED where there are none, saying where they were looked
     *     for
     */
    AwsCredentialsIdentity identity();

    /** These, always. */
    static Credentials of(String id, String key, String token) {
        return () -> {
            if (id.isBlank() || key.isBlank()) {
                throw none(
                        "set access_key_id and secret_access_key, or api_key, or say with credentials where else they are");
            }
            return token.isBlank()
                    ? AwsCredentialsIdentity.create(id.strip(), key.strip())
                    : AwsSessionCredentialsIdentity.create(id.strip(), key.strip(), token.strip());
        };
    }

    /** The variables that AWS's own tools read. */
    static Credentials ofEnvironment(Map<String, String> variables) {
        return () ->
                named(
                        variables,
                        "AWS_ACCESS_KEY_ID",
                        "AWS_SECRET_ACCESS_KEY",
                        "AWS_SESSION_TOKEN",
                        "the environment of the host");
    }

    /** A profile of the file that AWS's own tools share. */
    static Credentials ofProfile(Path file, String profile) {
        return () ->
                named(
                        section(file, profile),
                        "aws_access_key_id",
                        "aws_secret_access_key",
                        "aws_session_token",
                        "the profile %s in %s".formatted(profile, file));
    }

    private static AwsCredentialsIdentity named(
            Map<String, String> values, String id, String key, String token, String place) {
        String known = values.getOrDefault(id, "");
        String secret = values.getOrDefault(key, "");
        if (known.isBlank() || secret.isBlank()) {
            throw none("%s and %s are not both in %s".formatted(id, key, place));
        }
        return of(known, secret, values.getOrDefault(token, "")).identity();
    }

    /** What stands under {@code [profile]}; nothing where there is none. */
    private static Map<String, String> section(Path file, String profile) {
        Map<String, String> values = new LinkedHashMap<>();
        boolean inside = false;
        try {
            for (String line : Files.readAllLines(file)) {
                String text = line.strip();
                int equals = text.indexOf('=');
                if (text.startsWith("[")) {
                    inside = text.replaceAll("[\\[\\]]", "").strip().equals(profile);
                } else if (inside && equals > 0 && !text.startsWith("#")) {
                    values.put(
                            text.substring(0, equals).strip(), text.substring(equals + 1).strip());
                }
            }
            return values;
        } catch (IOException e) {
            throw none(
                    "the file %s cannot be read (%s)"
                            .formatted(file, e.getClass().getSimpleName()));
        }
    }

    private static BindingException none(String why) {
        return new BindingException(ErrorCode.NOT_CONFIGURED, "Bedrock has no credentials: " + why);
    }
}
