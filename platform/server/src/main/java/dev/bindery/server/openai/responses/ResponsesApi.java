package dev.bindery.server.openai.responses;

import dev.bindery.api.Candidate;
import dev.bindery.api.GenerationRequest;
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
import dev.bindery.server.openai.OpenAiErrors;
import java.io.IOException;
import java.util.List;

/** The one endpoint of the Responses API that needs no storage. */
public final class ResponsesApi {
    private static final String PATH = "/v1/responses";

    private final Generating generating;
    private final JsonBody bodies;
    private final ResponseReader requests;

    public ResponsesApi(ModelRouter router, Calls calls, JsonBody bodies) {
        this.generating = new Generating(router, calls);
        this.bodies = bodies;
        this.requests = new ResponseReader(bodies);
    }

    public Api api() {
        return new Api(
                "openai",
                PATH,
                Access.API_KEY,
                OpenAiErrors.FORM,
                Routes.builder().post(PATH, this::create).build());
    }

    private void create(Exchange exchange) throws IOException {
        ResponseReader.Asked asked = requests.read(bodies.read(exchange));
        GenerationRequest request = asked.request();
        ResponseHead head = ResponseHead.of(exchange.id(), request.model(), asked.settings());
        if (request.streaming()) {
            generating.stream(exchange, List.of(request), new ResponseEvents(head));
            return;
        }
        UsageSum usage = new UsageSum();
        Candidate answer = generating.whole(exchange, request, usage).first();
        JsonText out = new JsonText();
        List<Item> items = Items.of(head.stem(), answer).all();
        ResponseJson.ended(head, items, answer, usage.total(), out);
        exchange.send(200, Exchange.JSON, out.toBytes());
    }
}
