package dev.bindery.server.openai;

import dev.bindery.api.Candidate;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.answer.Generating;
import dev.bindery.server.answer.UsageSum;
import dev.bindery.server.http.Access;
import dev.bindery.server.http.Api;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonBody;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The endpoints of OpenAI's API. */
public final class OpenAiApi {
    private final ModelRouter router;
    private final Calls calls;
    private final Generating generating;
    private final JsonBody bodies;

    public OpenAiApi(ModelRouter router, Calls calls, JsonBody bodies) {
        this.router = router;
        this.calls = calls;
        this.generating = new Generating(router, calls);
        this.bodies = bodies;
    }

    public Api api() {
        return new Api(
                "openai",
                "/v1/",
                Access.API_KEY,
                OpenAiErrors.FORM,
                Routes.builder()
                        .post("/v1/chat/completions", this::chat)
                        .post("/v1/completions", this::complete)
                        .post("/v1/embeddings", this::embed)
                        .get("/v1/models", this::models)
                        .get("/v1/models/{id...}", this::model)
                        .build());
    }

    private void chat(Exchange exchange) throws IOException {
        ChatReader.Asked asked =
                ChatReader.read(bodies.read(exchange), exchange.limits().choices());
        GenerationRequest request = asked.request();
        AnswerHead head = AnswerHead.of("chatcmpl-", exchange.id(), request.model());
        if (request.streaming()) {
            ChatChunks form = new ChatChunks(head, asked.includeUsage());
            generating.stream(exchange, List.of(request), form);
            return;
        }
        UsageSum usage = new UsageSum();
        GenerationResult result = generating.whole(exchange, request, usage);
        boolean logprobs = request.logprobs().isPresent();
        exchange.send(200, Exchange.JSON, ChatAnswer.of(head, result, usage.total(), logprobs));
    }

    private void complete(Exchange exchange) throws IOException {
        CompletionReader.Asked asked =
                CompletionReader.read(bodies.read(exchange), exchange.limits().choices());
        GenerationRequest first = asked.requests().getFirst();
        AnswerHead head = AnswerHead.of("cmpl-", exchange.id(), first.model());
        if (first.streaming()) {
            CompletionChunks form = new CompletionChunks(head, asked.includeUsage());
            generating.stream(exchange, asked.requests(), form);
            return;
        }
        UsageSum usage = new UsageSum();
        List<Candidate> candidates = new ArrayList<>();
        for (GenerationRequest request : asked.requests()) {
            candidates.addAll(generating.whole(exchange, request, usage).candidates());
        }
        exchange.send(200, Exchange.JSON, CompletionAnswer.of(head, candidates, usage.total()));
    }

    private void embed(Exchange exchange) throws IOException {
        EmbeddingReader.Asked asked =
                EmbeddingReader.read(bodies.read(exchange), exchange.limits().embeddingInputs());
        EmbeddingResult result =
                calls.run(
                        exchange,
                        cancellation ->
                                router.embed(
                                        asked.request().toBuilder()
                                                .caller(exchange.caller())
                                                .cancellation(cancellation)
                                                .build()));
        exchange.send(
                200,
                Exchange.JSON,
                EmbeddingAnswer.of(asked.request().model(), result, asked.base64()));
    }

    private void models(Exchange exchange) {
        exchange.send(200, Exchange.JSON, ModelList.of(router.models()));
    }

    private void model(Exchange exchange) {
        String id = exchange.value("id");
        exchange.send(200, Exchange.JSON, ModelList.of(id, router.resolve(id)));
    }
}
