package dev.bindery.server.lollms;

import dev.bindery.host.ModelRouter;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import java.io.IOException;

/**
 * How long a text is, and how long one may be: what the Python package {@code lollms_client} asks a
 * server beside OpenAI's API, in its shapes. Where it is refused, it counts by itself.
 */
final class LengthEndpoints {
    private static final String PREFIX = "/lollms/v1";

    private final ModelRouter router;
    private final ActiveModel active;
    private final JsonBody bodies;

    LengthEndpoints(ModelRouter router, ActiveModel active, JsonBody bodies) {
        this.router = router;
        this.active = active;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.post(PREFIX + "/tokenize", this::tokenize)
                .post(PREFIX + "/detokenize", this::detokenize)
                .post(PREFIX + "/context_size", this::contextSize);
    }

    private String model(Fields body) {
        return active.named(body.text("model"));
    }

    private void tokenize(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        int[] tokens = router.tokenize(model(body), body.requiredText("text"));
        JsonText out = new JsonText().beginObject().field("tokens").beginArray();
        for (int token : tokens) {
            out.number(token);
        }
        out.endArray().field("count").number(tokens.length).endObject();
        exchange.send(200, Exchange.JSON, out.toBytes());
    }

    private void detokenize(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        String text = router.detokenize(model(body), tokens(body.required("tokens")));
        JsonText out = new JsonText().beginObject().field("text").text(text).endObject();
        exchange.send(200, Exchange.JSON, out.toBytes());
    }

    static int[] tokens(Element tokens) {
        return tokens.list().stream()
                .mapToInt(token -> (int) token.whole(0, Integer.MAX_VALUE))
                .toArray();
    }

    private void contextSize(Exchange exchange) throws IOException {
        String model = model(bodies.read(exchange));
        int size =
                router.resolve(model)
                        .info()
                        .contextLength()
                        .orElseThrow(() ->
                                Refusal.of(
                                        404,
                                        "not_known",
                                        "%s does not say how long its context is"
                                                .formatted(model)));
        JsonText out = new JsonText().beginObject().field("context_size").number(size).endObject();
        exchange.send(200, Exchange.JSON, out.toBytes());
    }
}
