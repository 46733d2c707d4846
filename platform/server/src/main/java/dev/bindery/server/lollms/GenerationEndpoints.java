package dev.bindery.server.lollms;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationRequest;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.answer.Generating;
import dev.bindery.server.answer.UsageSum;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** Text, vectors, and the end of what is being generated. */
final class GenerationEndpoints {
    private static final String TEXT = "text/plain; charset=utf-8";
    private static final String PREFIX = "/lollms_generate";

    private final ModelRouter router;
    private final ActiveModel active;
    private final Calls calls;
    private final Generating generating;
    private final JsonBody bodies;

    GenerationEndpoints(ModelRouter router, ActiveModel active, Calls calls, JsonBody bodies) {
        this.router = router;
        this.active = active;
        this.calls = calls;
        this.generating = new Generating(router, calls);
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.post(PREFIX, this::generate)
                .post(PREFIX + "_with_images", this::generate)
                .post("/lollms_embed", this::embed)
                .post("/stop_gen", this::stop)
                .get("/stop_gen", this::stop)
                .get("/get_generation_status", this::status);
    }

    private void generate(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        String model = active.named(body);
        GenerationRequest request = GenerateReader.read(body, model, router.resolve(model));
        Optional<OperationFrames> frames = OperationFrames.of(exchange.header("Accept").orElse(""));
        if (frames.isPresent()) {
            GenerationRequest read = request.toBuilder().streaming(true).build();
            generating.stream(exchange, List.of(read), new OperationStream(exchange, frames.get()));
        } else if (request.streaming()) {
            generating.stream(exchange, List.of(request), new RawText());
        } else {
            String text = generating.whole(exchange, request, new UsageSum()).text();
            exchange.send(200, TEXT, JsonText.utf8(text));
        }
    }

    private void embed(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        String text = body.requiredText("text");
        EmbeddingRequest.Builder request =
                EmbeddingRequest.of(active.namedForVectors(body), List.of(text)).toBuilder()
                        .caller(exchange.caller());
        EmbeddingResult result =
                calls.run(exchange, c -> router.embed(request.cancellation(c).build()));
        JsonText out = new JsonText().beginObject().field("vector").beginArray();
        for (float coordinate : result.vectors().getFirst()) {
            out.number(coordinate);
        }
        exchange.send(200, Exchange.JSON, out.endArray().endObject().toBytes());
    }

    /** Ends what this API generates for the same key; others' answers go on. */
    private void stop(Exchange exchange) {
        calls.stop(PREFIX, exchange.caller().keyName());
        exchange.send(200, Exchange.JSON, StatusJson.of(true));
    }

    private void status(Exchange exchange) {
        boolean busy = calls.isRunning(PREFIX, exchange.caller().keyName());
        exchange.send(200, Exchange.JSON, StatusJson.of(busy));
    }
}
