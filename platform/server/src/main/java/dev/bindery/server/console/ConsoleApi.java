package dev.bindery.server.console;

import dev.bindery.server.http.Access;
import dev.bindery.server.http.Api;
import dev.bindery.server.http.ErrorForm;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.http.SessionCookie;
import dev.bindery.server.session.Session;
import dev.bindery.server.session.Sessions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The root, login and logout. Safe for all threads. */
public final class ConsoleApi {
    private static final Logger LOG = LoggerFactory.getLogger(ConsoleApi.class);
    private static final String HTML = "text/html; charset=utf-8";
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String CSRF_FIELD = "csrf=";

    private final Sessions sessions;
    private final Assets assets = new Assets();

    public ConsoleApi(Sessions sessions) {
        this.sessions = sessions;
    }

    /**
     * @param errors how refusals are told where no API is responsible
     */
    public Api api(ErrorForm errors) {
        return new Api(
                "console",
                "/",
                Access.GREETING,
                errors,
                Routes.builder()
                        .get("/", this::greet)
                        .get("/login", this::login)
                        .post("/logout", this::logout)
                        .get("/console/{file}", assets::send)
                        .build());
    }

    /** Ollama's clients look for exactly this text; a person gets a page. */
    private void greet(Exchange exchange) {
        if (exchange.header("Accept").orElse("").contains("text/html")) {
            page(exchange, 200, session(exchange).map(Pages::console).orElseGet(Pages::stranger));
        } else {
            exchange.send(200, TEXT, "Ollama is running".getBytes(StandardCharsets.UTF_8));
        }
    }

    /** A request that only looks uses no code up. */
    private void login(Exchange exchange) {
        if (exchange.method().equals("HEAD")) {
            exchange.sendNothing(204);
            return;
        }
        Optional<String> cookie = exchange.query("code").flatMap(sessions::begin);
        if (cookie.isEmpty()) {
            exchange.account().failed("invalid_code");
            page(exchange, 403, Pages.invalidCode());
            return;
        }
        SessionCookie.of(exchange).ifPresent(sessions::end);
        SessionCookie.set(exchange, cookie.get());
        LOG.info("A browser has logged in, by request {}", exchange.id());
        page(exchange, 200, Pages.welcome());
    }

    /** By a form of the home page, which carries the session's token. */
    private void logout(Exchange exchange) throws IOException {
        String form = new String(exchange.body(), StandardCharsets.UTF_8);
        Session session = session(exchange).orElse(null);
        if (session != null) {
            if (!form.startsWith(CSRF_FIELD)
                    || !session.isShown(form.substring(CSRF_FIELD.length()))) {
                throw Refusal.of(
                        403, "forbidden", "only this server's own page can log its browser out");
            }
            SessionCookie.of(exchange).ifPresent(sessions::end);
        }
        SessionCookie.clear(exchange);
        page(exchange, 200, Pages.goodbye());
    }

    private Optional<Session> session(Exchange exchange) {
        return SessionCookie.of(exchange).flatMap(sessions::find);
    }

    private static void page(Exchange exchange, int status, String html) {
        exchange.set(
                "Content-Security-Policy",
                "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
                        + " img-src 'self'; form-action 'self'; base-uri 'none';"
                        + " frame-ancestors 'none'");
        exchange.set("X-Content-Type-Options", "nosniff");
        exchange.set("Referrer-Policy", "same-origin");
        exchange.set("Cache-Control", "no-store");
        exchange.send(status, HTML, html.getBytes(StandardCharsets.UTF_8));
    }
}
