package dev.bindery.server.lollms;

import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonText;
import java.util.List;
import java.util.Optional;

/** The models that are there, those that could be, and the one that counts as active. */
final class ModelEndpoints {
    private final ModelRouter router;
    private final ActiveModel active;

    ModelEndpoints(ModelRouter router, ActiveModel active) {
        this.router = router;
        this.active = active;
    }

    void addTo(Routes.Builder routes) {
        routes.get("/list_models", this::list)
                .get("/get_available_models", this::available)
                .get("/get_active_model", this::active)
                .get("/get_model_status", this::status);
    }

    private List<String> ids() {
        return router.models().stream().map(ServedModel::id).toList();
    }

    private void list(Exchange exchange) {
        JsonText out = new JsonText().beginArray();
        ids().forEach(out::text);
        exchange.send(200, Exchange.JSON, out.endArray().toBytes());
    }

    private void available(Exchange exchange) {
        JsonText out = new JsonText().beginArray();
        router.availableModels().forEach(model -> write(model, out));
        exchange.send(200, Exchange.JSON, out.endArray().toBytes());
    }

    private static void write(ServedModel model, JsonText out) {
        out.beginObject().field("name").text(model.id());
        out.field("description").text(model.info().description().orElse(""));
        out.field("license").text(model.info().license().orElse(""));
        model.info().sizeBytes().ifPresent(bytes -> out.field("size").number(bytes));
        out.field("installed").flag(model.info().installed()).endObject();
    }

    private void active(Exchange exchange) {
        Optional<String> name = active.name();
        JsonText out = new JsonText().beginObject().field("status").flag(name.isPresent());
        name.ifPresent(model ->
                out.field("model").text(model).field("index").number(ids().indexOf(model)));
        exchange.send(200, Exchange.JSON, out.endObject().toBytes());
    }

    private void status(Exchange exchange) {
        exchange.send(200, Exchange.JSON, StatusJson.of(active.name().isPresent()));
    }
}
