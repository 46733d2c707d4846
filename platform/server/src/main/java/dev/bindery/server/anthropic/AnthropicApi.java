package dev.bindery.server.anthropic;

import dev.bindery.api.Capability;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.TokenCount;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.answer.Generating;
import dev.bindery.server.answer.UsageSum;
import dev.bindery.server.http.Access;
import dev.bindery.server.http.Api;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import java.io.IOException;
import java.util.List;

/** The endpoints of Anthropic's API. */
public final class AnthropicApi {
    private final ModelRouter router;
    private final Calls calls;
    private final Generating generating;
    private final JsonBody bodies;
    private final RequestReader requests;

    public AnthropicApi(ModelRouter router, Calls calls, JsonBody bodies) {
        this.router = router;
        this.calls = calls;
        this.generating = new Generating(router, calls);
        this.bodies = bodies;
        this.requests = new RequestReader(bodies);
    }

    /** Messages, and the models, whose paths OpenAI's API has too. */
    public List<Api> apis() {
        Api messages =
                api(
                        "/v1/messages",
                        Routes.builder()
                                .post("/v1/messages", this::create)
                                .post("/v1/messages/count_tokens", this::count)
                                .build());
        Api models =
                api(
                        "/v1/models",
                        Routes.builder()
                                .get("/v1/models", this::models)
                                .get("/v1/models/{id...}", this::model)
                                .build());
        return List.of(messages, models.withHeader("anthropic-version"));
    }

    private static Api api(String prefix, Routes routes) {
        return new Api("anthropic", prefix, Access.API_KEY, AnthropicErrors.FORM, routes);
    }

    private void create(Exchange exchange) throws IOException {
        GenerationRequest request =
                possible(requests.message(bodies.read(exchange), betas(exchange)));
        MessageHead head = MessageHead.of(exchange.id(), request.model());
        if (request.streaming()) {
            generating.stream(exchange, List.of(request), new MessageEvents(head));
            return;
        }
        UsageSum usage = new UsageSum();
        GenerationResult result = generating.whole(exchange, request, usage);
        exchange.send(200, Exchange.JSON, MessageAnswer.of(head, result.first(), usage.total()));
    }

    private static List<String> betas(Exchange exchange) {
        return exchange.listHeader("anthropic-beta");
    }

    private void count(Exchange exchange) throws IOException {
        GenerationRequest request =
                possible(requests.request(bodies.read(exchange), betas(exchange)));
        TokenCount count =
                calls.run(
                        exchange,
                        cancellation ->
                                router.countTokens(
                                        request.toBuilder()
                                                .caller(exchange.caller())
                                                .cancellation(cancellation)
                                                .build()));
        JsonText out = new JsonText().beginObject().field("input_tokens").number(count.tokens());
        exchange.send(200, Exchange.JSON, out.endObject().toBytes());
    }

    /** Clients ask every model to think; one that cannot answers without. */
    private GenerationRequest possible(GenerationRequest request) {
        boolean thinks =
                request.reasoning().isEmpty()
                        || router.resolve(request.model())
                                .capabilities()
                                .contains(Capability.REASONING);
        return thinks ? request : request.toBuilder().reasoning(null).build();
    }

    private void models(Exchange exchange) {
        exchange.send(200, Exchange.JSON, ModelList.of(router.models()));
    }

    private void model(Exchange exchange) {
        String id = exchange.value("id");
        exchange.send(200, Exchange.JSON, ModelList.of(id, router.resolve(id)));
    }
}
