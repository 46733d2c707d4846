package dev.bindery.server.http;

import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** Which web pages may use the server: its own, and those of configured origins (CORS). */
final class Origins {
    private static final String METHODS = "GET, POST, PATCH, DELETE, HEAD, OPTIONS";
    private static final String EXPOSED =
            "x-request-id, request-id, openai-processing-ms, retry-after, retry-after-ms, x-should-retry";

    private final Set<String> allowed;

    Origins(Set<String> allowed) {
        this.allowed = allowed;
    }

    /** Refuses other people's pages, and lets an allowed one read the answer. */
    void check(Exchange exchange) {
        Optional<String> origin = exchange.header("Origin");
        if (origin.isEmpty() || isOwn(origin.get(), exchange.authority())) {
            return;
        }
        if (!allowed.contains(origin.get()) && !allowed.contains("*")) {
            throw Refusal.forbidden(
                    ("pages of %s may not use this server; to allow them, start it with"
                                    + " --allow-origin %s")
                            .formatted(origin.get(), origin.get()));
        }
        exchange.set("Access-Control-Allow-Origin", origin.get());
        exchange.set("Access-Control-Expose-Headers", EXPOSED);
        exchange.set("Vary", "Origin");
    }

    /** Whether it comes from a page that is not the server's own, allowed or not. */
    static boolean isForeign(Exchange exchange) {
        boolean elsewhere =
                exchange.header("Origin")
                        .filter(origin -> !isOwn(origin, exchange.authority()))
                        .isPresent();
        boolean crossing =
                exchange.header("Sec-Fetch-Site")
                        .filter(site -> !site.equals("same-origin") && !site.equals("none"))
                        .isPresent();
        return elsewhere || crossing;
    }

    /** Answers a browser that asks before it sends. */
    void preflight(Exchange exchange) {
        exchange.header("Access-Control-Request-Headers")
                .ifPresent(names -> exchange.set("Access-Control-Allow-Headers", names));
        exchange.set("Access-Control-Allow-Methods", METHODS);
        exchange.set("Access-Control-Max-Age", "600");
    }

    private static boolean isOwn(String origin, String authority) {
        String own = authority.toLowerCase(Locale.ROOT);
        return origin.equals("http://" + own) || origin.equals("https://" + own);
    }
}
