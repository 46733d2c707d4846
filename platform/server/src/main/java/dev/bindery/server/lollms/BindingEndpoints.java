package dev.bindery.server.lollms;

import dev.bindery.api.BindingCard;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.Bindings;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Handler;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import java.io.IOException;

/** The bindings that are there, and what an operator does with them. */
final class BindingEndpoints {
    private final Bindings bindings;
    private final JsonBody bodies;

    BindingEndpoints(Bindings bindings, JsonBody bodies) {
        this.bindings = bindings;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.get("/list_bindings", this::list)
                .post("/reload_binding", told(id -> bindings.reload(id)))
                .post("/reinstall_binding", told(id -> bindings.reload(id)))
                .post("/install_binding", told(id -> bindings.enable(id)))
                .post("/unInstall_binding", told(this::uninstall));
    }

    /** What is done with one binding. */
    @FunctionalInterface
    private interface Act {
        Object on(String id) throws IOException;
    }

    private Handler told(Act act) {
        return HostRefusals.told(exchange -> {
            String id = named(bodies.read(exchange));
            act.on(id);
            exchange.send(200, Exchange.JSON, StatusJson.of(true));
        });
    }

    private boolean uninstall(String id) throws IOException {
        bindings.uninstall(id);
        return true;
    }

    /** The id of the binding that a request names, by its id or by its card's name. */
    private String named(Fields body) {
        String older = body.text("binding_name");
        String name = older == null ? body.requiredText("name") : older;
        return bindings.list().stream()
                .filter(binding -> binding.id().equals(name) || nameOf(binding).equals(name))
                .map(BindingStatus::id)
                .findFirst()
                .orElseThrow(() ->
                        Refusal.of(
                                404,
                                "not_found",
                                "there is no binding %s; a jar is installed with 'bindery install'"
                                        .formatted(name)));
    }

    private static String nameOf(BindingStatus binding) {
        return binding.card().map(BindingCard::name).orElse(binding.id());
    }

    private void list(Exchange exchange) {
        JsonText out = new JsonText().beginArray();
        bindings.list().forEach(binding -> write(binding, out));
        exchange.send(200, Exchange.JSON, out.endArray().toBytes());
    }

    private static void write(BindingStatus binding, JsonText out) {
        out.beginObject().field("name").text(binding.id());
        out.field("folder").text(binding.id()).field("title").text(nameOf(binding));
        out.field("version").text(binding.version());
        binding.card().ifPresent(card -> card(card, out));
        BindingFiles.logoOf(binding)
                .ifPresent(
                        logo -> out.field("icon").text("/bindings/" + binding.id() + "/" + logo));
        out.field("installed").flag(binding.state() == BindingState.ACTIVE).endObject();
    }

    private static void card(BindingCard card, JsonText out) {
        out.field("author").text(card.author()).field("description").text(card.description());
        out.field("url").text(card.url()).field("license").text(card.license());
        out.field("type").text(card.type().yamlName());
    }
}
