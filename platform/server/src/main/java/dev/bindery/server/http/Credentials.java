package dev.bindery.server.http;

import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.session.Session;
import dev.bindery.server.session.Sessions;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Optional;
import java.util.Set;

/** Compares what clients show with the keys and the token, in a time that tells nothing. */
final class Credentials {
    private static final Set<String> READING = Set.of("GET", "HEAD");
    private static final String CSRF = "x-csrf-token";
    private static final String BEARER = "bearer ";

    private final KeyRing keys;
    private final boolean reachable;
    private final String adminToken;
    private final Sessions sessions;

    /**
     * @param reachable whether other machines reach this server, so that no key means no entry
     */
    Credentials(KeyRing keys, boolean reachable, String adminToken, Sessions sessions) {
        this.keys = keys;
        this.reachable = reachable;
        this.adminToken = adminToken;
        this.sessions = sessions;
    }

    /**
     * The key that was shown; absent where none is needed. The server's own pages are let in by
     * their session, on the terms of the admin API: the right header for all that costs something.
     */
    Optional<ApiKey> checkKey(Exchange exchange) {
        if (!reachable && keys.isEmpty()) {
            return Optional.empty();
        }
        Optional<String> cookie = SessionCookie.of(exchange);
        if (shown(exchange).isEmpty() && cookie.isPresent()) {
            checkSession(exchange, cookie.get());
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

    /** Lets in who shows the token; without one, a browser's session. */
    void checkAdmin(Exchange exchange) {
        Optional<String> token = shown(exchange);
        Optional<String> cookie = SessionCookie.of(exchange);
        if (token.isEmpty() && cookie.isPresent()) {
            checkSession(exchange, cookie.get());
            return;
        }
        String shown =
                token.orElseThrow(() ->
                        unauthorized(
                                "the admin API needs the admin token, as"
                                        + " 'Authorization: Bearer TOKEN'; a browser"
                                        + " logs in with 'bindery open'"));
        if (!same(adminToken, shown)) {
            throw unauthorized("that is not this server's admin token");
        }
    }

    private void checkSession(Exchange exchange, String cookie) {
        Session session =
                sessions.find(cookie)
                        .orElseThrow(() ->
                                unauthorized(
                                        "this session has ended; log in again with 'bindery"
                                                + " open'"));
        if (Origins.isForeign(exchange)) {
            throw Refusal.forbidden("a session is for this server's own pages only");
        }
        if (!READING.contains(exchange.method())
                && exchange.header(CSRF).filter(session::isShown).isEmpty()) {
            throw Refusal.forbidden(
                    "a change by a session needs the header %s, whose value GET /admin/v1/session tells"
                            .formatted(CSRF));
        }
        exchange.session(session);
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
