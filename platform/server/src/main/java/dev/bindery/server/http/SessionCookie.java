package dev.bindery.server.http;

import java.util.Optional;

/**
 * The cookie that holds a browser's session. Cookies do not know ports, so its name does: two hosts
 * on one machine do not log each other out.
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
        String authority = exchange.authority();
        int colon = authority.lastIndexOf(':');
        String port = colon < 0 ? "" : authority.substring(colon + 1);
        return port.matches("\\d{1,5}") ? "bindery_session_" + port : "bindery_session";
    }
}
