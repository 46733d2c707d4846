package dev.bindery.server.options;

import java.util.Objects;

/**
 * A key that clients of the LLM APIs must show.
 *
 * @param name what logs and bindings call it
 * @param secret what the client sends; never shown
 */
public record ApiKey(String name, String secret) {
    public ApiKey {
        Objects.requireNonNull(name, "name");
        if (secret.isBlank()) {
            throw new IllegalArgumentException("the API key " + name + " is empty");
        }
    }

    /** The name only. */
    @Override
    public String toString() {
        return "ApiKey[" + name + "]";
    }
}
