package dev.bindery.server.admin;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.host.HostException;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.answer.ProgressStream;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonBody;
import java.io.IOException;

/** Models that can be fetched and deleted, over HTTP. */
final class ModelsAdmin {
    private final ModelRouter models;
    private final Calls calls;
    private final JsonBody bodies;

    ModelsAdmin(ModelRouter models, Calls calls, JsonBody bodies) {
        this.models = models;
        this.calls = calls;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.get("/admin/v1/models", HostRefusals.told(this::list))
                .post("/admin/v1/models/pull", this::pull)
                .delete("/admin/v1/models/{id...}", HostRefusals.told(this::delete));
    }

    private void list(Exchange exchange) {
        exchange.send(200, Exchange.JSON, ModelJson.of(models.availableModels()));
    }

    private void delete(Exchange exchange) {
        models.delete(exchange.value("id"));
        exchange.sendNothing(204);
    }

    private void pull(Exchange exchange) throws IOException {
        String model = bodies.read(exchange).requiredText("model");
        ProgressStream stream = new ProgressStream(exchange, new PullLines());
        try {
            calls.run(exchange, cancellation -> pull(model, stream, cancellation));
            stream.success();
        } catch (BindingException e) {
            stream.failure(Refusal.of(e));
        } catch (HostException e) {
            stream.failure(HostRefusals.of(e));
        } catch (Refusal e) {
            stream.failure(e);
        }
    }

    private boolean pull(String model, ProgressStream stream, Cancellation cancellation) {
        models.pull(model, stream.listener(cancellation));
        return true;
    }
}
