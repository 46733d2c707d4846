package dev.bindery.cli.running;

import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.server.keys.ApiKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The keys that clients must show, from the environment: {@code NAME=SECRET}, or only secrets. */
final class ApiKeys {
    private ApiKeys() {}

    static List<ApiKey> of(Shell shell) {
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

    private static ApiKey key(String entry, int number) {
        int equals = entry.indexOf('=');
        if (equals == entry.length() - 1) {
            throw new CommandFailure(
                    "API key "
                            + number
                            + " has no secret; write NAME=SECRET, or the secret alone.");
        }
        return equals < 1
                ? ApiKey.of("key-" + number, entry)
                : ApiKey.of(entry.substring(0, equals), entry.substring(equals + 1));
    }

    private static String read(String file) {
        try {
            return Files.readString(Path.of(file));
        } catch (IOException e) {
            throw new CommandFailure("BINDERY_API_KEYS_FILE cannot be read: " + e, e);
        }
    }
}
