package dev.bindery.server.ollama;

import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Vectors: {@code embed}, and the older {@code embeddings} for one text. */
final class EmbeddingEndpoints {
    private static final int MOST_DIMENSIONS = 1 << 20;

    private final ModelRouter router;
    private final Calls calls;
    private final ModelNames names;
    private final JsonBody bodies;

    EmbeddingEndpoints(ModelRouter router, Calls calls, ModelNames names, JsonBody bodies) {
        this.router = router;
        this.calls = calls;
        this.names = names;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.post("/api/embed", this::embed).post("/api/embeddings", this::embedOne);
    }

    private void embed(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        long started = System.nanoTime();
        List<String> texts = texts(body.element("input"), exchange.limits().embeddingInputs());
        AskedModel model = model(body);
        byte[] answer =
                texts.isEmpty()
                        ? EmbeddingAnswer.nothing(model.shown())
                        : EmbeddingAnswer.of(
                                model.shown(), ask(exchange, body, model, texts), started);
        exchange.send(200, Exchange.JSON, answer);
    }

    private void embedOne(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        String text = body.text("prompt");
        AskedModel model = model(body);
        float[] vector =
                text == null || text.isEmpty()
                        ? new float[0]
                        : ask(exchange, body, model, List.of(text)).vectors().getFirst();
        exchange.send(200, Exchange.JSON, EmbeddingAnswer.one(vector));
    }

    private AskedModel model(Fields body) {
        return names.find(ModelNames.asked(body), ModelNames.NOT_FOUND_TO_EMBED);
    }

    private static List<String> texts(@Nullable Element input, int most) {
        if (input == null) {
            return List.of();
        }
        if (input.isText()) {
            return input.text().isEmpty() ? List.of() : List.of(input.text());
        }
        if (!input.isList() || !input.list().stream().allMatch(Element::isText)) {
            throw Refusal.invalid("invalid input type").about(input.name());
        }
        List<Element> texts = input.list();
        if (texts.size() > most) {
            throw Refusal.invalid(
                    input.name(), "%d texts; at most %d at once".formatted(texts.size(), most));
        }
        return texts.stream().map(Element::text).toList();
    }

    private EmbeddingResult ask(
            Exchange exchange, Fields body, AskedModel model, List<String> texts) {
        Integer dimensions = body.count("dimensions", 1, MOST_DIMENSIONS);
        boolean truncate = !Boolean.FALSE.equals(body.flag("truncate"));
        EmbeddingRequest.Builder request =
                EmbeddingRequest.builder(
                                model.name(), texts.stream().map(EmbeddingInput::of).toList())
                        .dimensions(dimensions)
                        .truncate(truncate)
                        .keepAlive(KeepAlive.read(body))
                        .caller(exchange.caller())
                        .parameters(Options.of(body).parameters(body));
        return calls.run(exchange, c -> router.embed(request.cancellation(c).build()));
    }
}
