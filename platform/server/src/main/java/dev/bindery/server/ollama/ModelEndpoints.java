package dev.bindery.server.ollama;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.answer.ProgressStream;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.io.IOException;

/** Models: those that are there, those in memory, what is known of one, pull and delete. */
final class ModelEndpoints {
    private final ModelRouter router;
    private final Calls calls;
    private final ModelNames names;
    private final JsonBody bodies;

    ModelEndpoints(ModelRouter router, Calls calls, ModelNames names, JsonBody bodies) {
        this.router = router;
        this.calls = calls;
        this.names = names;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.get("/api/tags", this::tags)
                .get("/api/ps", this::loaded)
                .post("/api/show", this::show)
                .post("/api/pull", this::pull)
                .delete("/api/delete", this::delete)
                .post("/api/copy", this::copy);
    }

    private void tags(Exchange exchange) {
        exchange.send(200, Exchange.JSON, ModelLists.tags(router.models()));
    }

    private void loaded(Exchange exchange) {
        byte[] answer = ModelLists.loaded(router.loaded(), router.models());
        exchange.send(200, Exchange.JSON, answer);
    }

    private void show(Exchange exchange) throws IOException {
        AskedModel model = find(bodies.read(exchange));
        exchange.send(200, Exchange.JSON, ShowAnswer.of(model));
    }

    private AskedModel find(Fields body) {
        return names.find(ModelNames.required(body), ModelNames.NOT_FOUND);
    }

    private void pull(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        String asked = ModelNames.required(body);
        String name = names.known(asked);
        if (!RequestParts.isStreamed(body)) {
            calls.run(exchange, c -> pull(name, new Patience(c)));
            exchange.send(200, Exchange.JSON, PullLines.success());
            return;
        }
        ProgressStream stream = new ProgressStream(exchange, new PullLines(name));
        try {
            calls.run(exchange, c -> pull(name, stream.listener(c)));
            stream.success();
        } catch (BindingException e) {
            stream.failure(Refusal.of(e));
        } catch (Refusal e) {
            stream.failure(e);
        }
    }

    private boolean pull(String name, ProgressListener listener) {
        router.pull(name, listener);
        return true;
    }

    /** Waits for the end of a pull, and can only cancel it. */
    private record Patience(Cancellation cancellation) implements ProgressListener {
        @Override
        public void progress(Progress progress) {}
    }

    /** An alias is not the model that it stands for: to delete that, its own name is needed. */
    private void delete(Exchange exchange) throws IOException {
        AskedModel model = find(bodies.read(exchange));
        if (!ModelNames.isNameOf(model.name(), model.served())) {
            throw unsupported(
                    "%s is another name of %s; delete that, or take the name away with 'bindery config'"
                            .formatted(model.shown(), model.served().id()));
        }
        router.delete(model.name());
        exchange.sendNothing(200);
    }

    /** Models belong to their bindings, and other names for them to the operator. */
    private void copy(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        String source = body.requiredText("source");
        String destination = body.requiredText("destination");
        AskedModel model = names.find(source, "model \"%s\" not found");
        throw unsupported(
                "models are not copied here; the operator gives one another name: bindery config %s --alias %s=%s"
                        .formatted(
                                model.served().instance(),
                                destination,
                                model.served().info().name()));
    }

    private static Refusal unsupported(String message) {
        return Refusal.of(400, ErrorCode.UNSUPPORTED.name(), message);
    }
}
