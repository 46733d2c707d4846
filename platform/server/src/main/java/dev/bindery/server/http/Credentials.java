package dev.bindery.server.http;

import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;

/** Compares what clients show with the keys and the token, in a time that tells nothing. */
final class Credentials {
    private static final String BEARER = "bearer ";

    private final KeyRing keys;
    private final boolean reachable;
    private final String adminToken;

    /**
     * @param reachable whether other machines reach this server, so that no key means no entry
     */
    Credentials(KeyRing keys, boolean reachable, String adminToken) {
        this.keys = keys;
        this.reachable = reachable;
        this.adminToken = adminToken;
    }

    /** The key that was shown; absent where none is needed. */
    Optional<ApiKey> checkKey(Exchange exchange) {
        if (!reachable && keys.isEmpty()) {
            return Optional.empty();
        }
        String shown =
                shown(exchange)
                        .orElseThrow(() ->
                                unauthorized(
                                        "You didn't provide an API key. Send one as"
                                                + " 'Authorization: Bearer KEY'."));
        return Optional.of(
                keys.find(shown)
                        .orElseThrow(() ->
                                unauthorized(
                                        "Incorrect API key provided. Ask this server's operator"
                                                + " for one.")));
    }

    /** Whether the token was shown, or a key that sees everything. */
    boolean mayWatch(Exchange exchange) {
        return shown(exchange)
                .filter(shown ->
                        same(adminToken, shown)
                                || keys.find(shown).filter(ApiKey::unlimited).isPresent())
                .isPresent();
    }

    /** Lets in who may watch; the others where nobody needs a key. */
    void checkWatcher(Exchange exchange) {
        if (!mayWatch(exchange) && checkKey(exchange).isPresent()) {
            throw Refusal.forbidden(
                    "this API key is for some models only, and the figures tell of all; use one"
                            + " for all models, or the admin token");
        }
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
