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

/** Liveness and readiness. */
public final class HealthApi {
    private static final String TEXT = "text/plain; charset=utf-8";

    private HealthApi() {}

    /**
     * @param errors how refusals are told where no API is responsible
     * @param pending what keeps the host from being ready
     */
    public static List<Api> apis(ErrorForm errors, Supplier<List<String>> pending) {
        Handler ready = exchange -> ready(exchange, pending.get());
        return List.of(open("/healthz", errors, HealthApi::alive), open("/readyz", errors, ready));
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
}
