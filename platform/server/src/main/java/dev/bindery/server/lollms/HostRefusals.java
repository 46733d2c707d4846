package dev.bindery.server.lollms;

import dev.bindery.host.HostException;
import dev.bindery.server.http.Handler;
import dev.bindery.server.http.Refusal;

/** Tells what the host refuses in HTTP's terms. */
final class HostRefusals {
    private HostRefusals() {}

    /** That handler, with the host's refusals told. */
    static Handler told(Handler handler) {
        return exchange -> {
            try {
                handler.handle(exchange);
            } catch (HostException e) {
                throw Refusal.of(status(e.kind()), "refused", String.valueOf(e.getMessage()));
            }
        };
    }

    private static int status(HostException.Kind kind) {
        return switch (kind) {
            case INVALID -> 400;
            case NOT_FOUND -> 404;
            case CONFLICT -> 409;
            case FAILED -> 500;
        };
    }
}
