package dev.bindery.server.http;

import dev.bindery.server.options.ApiKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;

/** Compares what clients show with the keys and the token, in a time that tells nothing. */
final class Credentials {
    private static final String BEARER = "bearer ";

    private final List<ApiKey> keys;
    private final String adminToken;

    Credentials(List<ApiKey> keys, String adminToken) {
        this.keys = keys;
        this.adminToken = adminToken;
    }

    /** The name of the key that was shown; absent where none is needed. */
    Optional<String> checkKey(Exchange exchange) {
        if (keys.isEmpty()) {
            return Optional.empty();
        }
        String shown =
                shown(exchange)
                        .orElseThrow(() ->
                                unauthorized(
                                        "You didn't provide an API key. Send one as"
                                                + " 'Authorization: Bearer KEY'."));
        Optional<String> name = Optional.empty();
        for (ApiKey key : keys) {
            name = same(key.secret(), shown) ? Optional.of(key.name()) : name;
        }
        if (name.isEmpty()) {
            throw unauthorized("Incorrect API key provided. Ask this server's operator for one.");
        }
        return name;
    }

    void checkAdmin(Exchange exchange) {
        String shown =
                shown(exchange)
                        .orElseThrow(() ->
                                unauthorized(
                                        "the admin API needs the admin token, as"
                                                + " 'Authorization: Bearer TOKEN'"));
        if (!same(adminToken, shown)) {
            throw unauthorized("that is not this server's admin token");
        }
    }

    private static Optional<String> shown(Exchange exchange) {
        return exchange.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, BEARER, 0, BEARER.length()))
                .map(value -> value.substring(BEARER.length()).strip())
                .or(() -> exchange.header("x-api-key"))
                .filter(value -> !value.isEmpty());
    }

    private static boolean same(String expected, String shown) {
        return MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

    private static Refusal unauthorized(String message) {
        return Refusal.of(401, "unauthorized", message).with("WWW-Authenticate", "Bearer");
    }
}
