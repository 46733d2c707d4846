package dev.bindery.cli.running;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.server.keys.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** The keys that clients must show, from the environment: {@code NAME=SECRET}, or only secrets. */
public final class ApiKeys {
    /** Base64 to its end: in fours, and too long for a name that somebody forgot a secret for. */
    private static final Pattern PADDED =
            Pattern.compile(
                    "(?=.{16,}$)(?:[A-Za-z0-9+/_-]{4})*[A-Za-z0-9+/_-]{2}(?:==|[A-Za-z0-9+/_-]=)");

    private ApiKeys() {}

    public static List<ApiKey> of(Shell shell) {
        String written =
                shell.variable("BINDERY_API_KEYS")
                        .or(() -> shell.variable("BINDERY_API_KEYS_FILE").map(ApiKeys::read))
                        .orElse("");
        List<ApiKey> keys = new ArrayList<>();
        for (String entry : List.of(written.split("[,\\s]+", 0))) {
            if (!entry.isEmpty()) {
                keys.add(key(entry, keys.size() + 1));
            }
        }
        return keys;
    }

    /** A secret in base64 may end in {@code =}, which is no name before nothing. */
    private static ApiKey key(String entry, int number) {
        int equals = entry.indexOf('=');
        if (equals < 1 || PADDED.matcher(entry).matches()) {
            return ApiKey.of("key-" + number, entry);
        }
        String name = entry.substring(0, equals);
        String secret = entry.substring(equals + 1);
        if (secret.replace("=", "").isEmpty()) {
            throw new CommandFailure(
                    "API key "
                            + number
                            + " has no secret; write NAME=SECRET, or the secret alone.");
        }
        try {
            return ApiKey.of(name, secret);
        } catch (IllegalArgumentException e) {
            // What stands before the sign may be a part of the secret: it is not repeated.
            throw new CommandFailure(
                    ("What stands before the first = of API key %d is no name: up to 64 letters,"
                                    + " digits, '.', '_' and '-'. A secret with = in it needs a name.")
                            .formatted(number),
                    e);
        }
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new CommandFailure("BINDERY_API_KEYS_FILE cannot be read: " + e, e);
        }
    }
}
