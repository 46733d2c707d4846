package dev.bindery.server.lollms;

import dev.bindery.host.ModelRouter;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import java.io.IOException;

/** Texts to tokens and back. */
final class TokenEndpoints {
    /** Each named token is a question to the binding of its own. */
    private static final int MOST_NAMED = 8192;

    private final ModelRouter router;
    private final ActiveModel active;
    private final JsonBody bodies;

    TokenEndpoints(ModelRouter router, ActiveModel active, JsonBody bodies) {
        this.router = router;
        this.active = active;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.post("/lollms_tokenize", this::tokenize)
                .post("/lollms_detokenize", this::detokenize);
    }

    private void tokenize(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        String text = body.requiredText("prompt");
        boolean named = body.isSet("return_named");
        String model = active.named(body);
        int[] tokens = router.tokenize(model, text);
        JsonText out = new JsonText();
        if (named) {
            named(model, tokens, out);
        } else {
            out.beginArray();
            for (int token : tokens) {
                out.number(token);
            }
            out.endArray();
        }
        exchange.send(200, Exchange.JSON, out.toBytes());
    }

    private void detokenize(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        int[] tokens = LengthEndpoints.tokens(body.required("tokens"));
        boolean named = body.isSet("return_named");
        String model = active.named(body);
        JsonText out = new JsonText();
        if (named) {
            named(model, tokens, out);
        } else {
            out.text(router.detokenize(model, tokens));
        }
        exchange.send(200, Exchange.JSON, out.toBytes());
    }

    /** Pairs of a token's text and the token. */
    private void named(String model, int[] tokens, JsonText out) {
        if (tokens.length > MOST_NAMED) {
            throw Refusal.invalid(
                    "return_named",
                    "%d tokens; at most %d are named at once".formatted(tokens.length, MOST_NAMED));
        }
        out.beginArray();
        for (int token : tokens) {
            out.beginArray().text(router.detokenize(model, new int[] {token}));
            out.number(token).endArray();
        }
        out.endArray();
    }
}
