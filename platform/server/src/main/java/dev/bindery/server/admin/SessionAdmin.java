package dev.bindery.server.admin;

import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.http.SessionCookie;
import dev.bindery.server.json.JsonText;
import dev.bindery.server.session.Session;
import dev.bindery.server.session.Sessions;

/** How a browser gets a session, and what it has to know of its own. */
final class SessionAdmin {
    private final Sessions sessions;

    SessionAdmin(Sessions sessions) {
        this.sessions = sessions;
    }

    void addTo(Routes.Builder routes) {
        routes.post("/admin/v1/login", this::code)
                .get("/admin/v1/session", this::show)
                .delete("/admin/v1/session", this::end);
    }

    /** A session makes no codes: it would outlive its own end by them. */
    private void code(Exchange exchange) {
        if (exchange.session().isPresent()) {
            throw Refusal.of(
                    403, "forbidden", "codes to log in are made with the admin token only");
        }
        JsonText out = new JsonText().beginObject();
        out.field("path").text("/login?code=" + sessions.code());
        out.field("expires_in_s").number(Sessions.CODE.toSeconds());
        exchange.set("Cache-Control", "no-store");
        exchange.send(201, Exchange.JSON, out.endObject().toBytes());
    }

    private void show(Exchange exchange) {
        JsonText out = new JsonText().beginObject();
        out.field("csrf_token").text(session(exchange).csrfToken());
        exchange.set("Cache-Control", "no-store");
        exchange.send(200, Exchange.JSON, out.endObject().toBytes());
    }

    private void end(Exchange exchange) {
        session(exchange);
        SessionCookie.of(exchange).ifPresent(sessions::end);
        SessionCookie.clear(exchange);
        exchange.sendNothing(204);
    }

    private static Session session(Exchange exchange) {
        return exchange.session()
                .orElseThrow(
                        () -> Refusal.of(404, "not_found", "this request belongs to no session"));
    }
}
