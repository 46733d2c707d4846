package dev.bindery.server.http;

import java.util.Optional;

/**
 * The cookie that holds a browser's session. Cookies do not know ports, so its name does: two hosts
 * on one machine do not log each other out. The port is the one that the server listens on, by
 * whatever name and port clients reach it.
 */
public final class SessionCookie {
    private static final String ATTRIBUTES = "; Path=/; HttpOnly; SameSite=Strict";

    private SessionCookie() {}

    /** What the browser shows; it may be anything. */
    public static Optional<String> of(Exchange exchange) {
        return exchange.cookie(name(exchange)).filter(value -> !value.isEmpty());
    }

    /** Has the browser keep it, until it ends. */
    public static void set(Exchange exchange, String value) {
        send(exchange, value, "");
    }

    /** Has the browser forget it. */
    public static void clear(Exchange exchange) {
        send(exchange, "", "; Max-Age=0");
    }

    private static void send(Exchange exchange, String value, String more) {
        String secure = exchange.isSecure() ? "; Secure" : "";
        exchange.set("Set-Cookie", name(exchange) + "=" + value + ATTRIBUTES + secure + more);
    }

    private static String name(Exchange exchange) {
        return "bindery_session_" + exchange.listeningPort();
    }
}
