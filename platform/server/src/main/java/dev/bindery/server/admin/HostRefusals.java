package dev.bindery.server.admin;

import dev.bindery.host.HostException;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Handler;
import dev.bindery.server.http.Refusal;
import java.io.IOException;

/** Tells what the host refuses in HTTP's terms. */
final class HostRefusals {
    private HostRefusals() {}

    /** That handler, with the host's refusals told. */
    static Handler told(Handler handler) {
        return exchange -> handle(handler, exchange);
    }

    static Refusal of(HostException e) {
        return switch (e.kind()) {
            case INVALID -> refusal(400, "invalid", e);
            case NOT_FOUND -> refusal(404, "not_found", e);
            case CONFLICT -> refusal(409, "conflict", e);
            case FAILED -> refusal(500, "failed", e);
        };
    }

    private static void handle(Handler handler, Exchange exchange) throws IOException {
        try {
            handler.handle(exchange);
        } catch (HostException e) {
            throw of(e);
        }
    }

    private static Refusal refusal(int status, String code, HostException e) {
        return Refusal.of(status, code, String.valueOf(e.getMessage()));
    }
}
