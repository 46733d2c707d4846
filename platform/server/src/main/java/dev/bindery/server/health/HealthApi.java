package dev.bindery.server.health;

import dev.bindery.server.http.Access;
import dev.bindery.server.http.Api;
import dev.bindery.server.http.ErrorForm;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Handler;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Supplier;

/** Liveness, readiness, and a greeting. */
public final class HealthApi {
    private static final String TEXT = "text/plain; charset=utf-8";

    private static final String PAGE =
            """
            <!doctype html>
            <html lang="en">
            <meta charset="utf-8">
            <title>Bindery</title>
            <p>Bindery is running. Its APIs are for programs: OpenAI's under <code>/v1</code>,
            Ollama's under <code>/api</code>. From a terminal, <code>bindery chat</code> talks to a
            model, and <code>bindery list</code> shows what there is.
            """;

    private HealthApi() {}

    /**
     * @param errors how refusals are told where no API is responsible
     * @param pending what keeps the host from being ready
     */
    public static List<Api> apis(ErrorForm errors, Supplier<List<String>> pending) {
        Handler ready = exchange -> ready(exchange, pending.get());
        return List.of(
                open("/healthz", errors, HealthApi::alive),
                open("/readyz", errors, ready),
                new Api(
                        "health",
                        "/",
                        Access.GREETING,
                        errors,
                        Routes.builder().get("/", HealthApi::greet).build()));
    }

    private static Api open(String path, ErrorForm errors, Handler handler) {
        return new Api(
                "health", path, Access.OPEN, errors, Routes.builder().get(path, handler).build());
    }

    private static void alive(Exchange exchange) {
        exchange.send(200, TEXT, "ok".getBytes(StandardCharsets.UTF_8));
    }

    private static void ready(Exchange exchange, List<String> pending) {
        JsonText out = new JsonText().beginObject();
        out.field("ready").flag(pending.isEmpty()).field("pending").beginArray();
        pending.forEach(out::text);
        exchange.send(
                pending.isEmpty() ? 200 : 503, Exchange.JSON, out.endArray().endObject().toBytes());
    }

    /** Ollama's clients look for exactly this text; a person gets a page. */
    private static void greet(Exchange exchange) {
        if (exchange.header("Accept").orElse("").contains("text/html")) {
            exchange.send(200, "text/html; charset=utf-8", PAGE.getBytes(StandardCharsets.UTF_8));
        } else {
            exchange.send(200, TEXT, "Ollama is running".getBytes(StandardCharsets.UTF_8));
        }
    }
}
