package dev.bindery.server.ollama;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.answer.AnswerTotals;
import dev.bindery.server.answer.Generating;
import dev.bindery.server.answer.UsageSum;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Chat and generate; without anything to answer, both load a model or free it. */
final class GenerationEndpoints {
    private final ModelRouter router;
    private final Generating generating;
    private final ModelNames names;
    private final JsonBody bodies;

    GenerationEndpoints(
            ModelRouter router, Generating generating, ModelNames names, JsonBody bodies) {
        this.router = router;
        this.generating = generating;
        this.names = names;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.post("/api/chat", this::chat).post("/api/generate", this::generate);
    }

    private void chat(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        List<Message> messages = MessageReader.messages(body);
        AskedModel model = names.find(ModelNames.required(body), ModelNames.NOT_FOUND);
        AnswerHead head = AnswerHead.of(model, PieceForm.MESSAGE);
        if (messages.isEmpty()) {
            keep(exchange, body, model, head);
        } else {
            answer(exchange, ChatReader.read(body, model, messages), head);
        }
    }

    private void generate(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        AskedModel model = names.find(ModelNames.asked(body), ModelNames.NOT_FOUND);
        AnswerHead head = AnswerHead.of(model, PieceForm.RESPONSE);
        String prompt = body.text("prompt");
        if (prompt == null || prompt.isEmpty()) {
            keep(exchange, body, model, head);
        } else {
            answer(exchange, GenerateReader.read(body, model, prompt), head);
        }
    }

    private void answer(Exchange exchange, GenerationRequest request, AnswerHead head) {
        if (request.streaming()) {
            generating.stream(exchange, List.of(request), new AnswerLines(head));
            return;
        }
        UsageSum usage = new UsageSum();
        GenerationResult result = generating.whole(exchange, request, usage);
        byte[] answer = WholeAnswer.of(head, result, AnswerTotals.of(usage.total(), result));
        exchange.send(200, Exchange.JSON, answer);
    }

    private void keep(Exchange exchange, Fields body, AskedModel model, AnswerHead head) {
        Duration keep = KeepAlive.read(body);
        boolean free = Duration.ZERO.equals(keep);
        if (free) {
            router.unload(model.name());
        } else if (keep == null) {
            router.load(model.name());
        } else {
            router.load(model.name(), keep);
        }
        exchange.send(200, Exchange.JSON, WholeAnswer.nothing(head, free ? "unload" : "load"));
    }
}
