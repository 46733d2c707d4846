package dev.bindery.server.http;

import dev.bindery.server.options.WebOrigin;
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
        if (origin.isEmpty() || isOwn(origin.get(), exchange)) {
            return;
        }
        if (!isAllowed(origin.get())) {
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
                exchange.header("Origin").filter(origin -> !isOwn(origin, exchange)).isPresent();
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

    private boolean isAllowed(String origin) {
        return allowed.contains(WebOrigin.ANY)
                || written(origin).filter(allowed::contains).isPresent();
    }

    /** In clear, a proxy in front of it may speak TLS, so its pages have either scheme. */
    private static boolean isOwn(String origin, Exchange exchange) {
        Optional<String> from = written(origin);
        return from.isPresent()
                && (from.equals(written("https://" + exchange.authority()))
                        || (!exchange.isSecure()
                                && from.equals(written("http://" + exchange.authority()))));
    }

    /** As every origin is compared; empty for what is none. */
    private static Optional<String> written(String origin) {
        try {
            return Optional.of(WebOrigin.of(origin));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }
}
