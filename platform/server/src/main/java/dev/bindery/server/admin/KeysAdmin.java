package dev.bindery.server.admin;

import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import java.io.IOException;
import java.util.List;

/** The API keys of the LLM APIs, over HTTP. */
final class KeysAdmin {
    private final KeyRing keys;
    private final JsonBody bodies;

    KeysAdmin(KeyRing keys, JsonBody bodies) {
        this.keys = keys;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.get("/admin/v1/keys", this::list)
                .post("/admin/v1/keys", this::add)
                .delete("/admin/v1/keys/{name}", this::revoke);
    }

    private void list(Exchange exchange) {
        JsonText out = new JsonText();
        out.beginObject().field("keys").beginArray();
        keys.kept().forEach(key -> write(key, true, out));
        keys.given().forEach(key -> write(key, false, out));
        exchange.send(200, Exchange.JSON, out.endArray().endObject().toBytes());
    }

    private static void write(ApiKey key, boolean revocable, JsonText out) {
        out.beginObject().field("name").text(key.name()).field("models").beginArray();
        key.models().forEach(out::text);
        out.endArray();
        key.created().ifPresent(at -> out.field("created").text(at.toString()));
        out.field("revocable").flag(revocable).endObject();
    }

    private void add(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        String name = body.requiredText("name");
        List<String> models = body.list("models").stream().map(Element::text).toList();
        try {
            String secret = keys.add(name, models);
            JsonText out = new JsonText();
            out.beginObject().field("name").text(name).field("key").text(secret).endObject();
            exchange.send(201, Exchange.JSON, out.toBytes());
        } catch (IllegalArgumentException e) {
            throw Refusal.invalid(String.valueOf(e.getMessage()));
        }
    }

    private void revoke(Exchange exchange) throws IOException {
        String name = exchange.value("name");
        if (keys.given().stream().anyMatch(key -> key.name().equals(name))) {
            throw Refusal.of(
                    409,
                    "conflict",
                    "the API key %s was given when the host was started, so it cannot be revoked here"
                            .formatted(name));
        }
        if (!keys.revoke(name)) {
            throw Refusal.of(404, "not_found", "there is no API key named " + name);
        }
        exchange.sendNothing(204);
    }
}
