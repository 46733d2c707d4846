package dev.bindery.server.admin;

import dev.bindery.host.HostException;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.Instances;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonBody;
import java.io.IOException;

/** The configured uses of bindings, over HTTP. */
final class InstancesAdmin {
    private final Instances instances;
    private final JsonBody bodies;

    InstancesAdmin(Instances instances, JsonBody bodies) {
        this.instances = instances;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.get("/admin/v1/instances", HostRefusals.told(this::list))
                .get("/admin/v1/instances/{name}", HostRefusals.told(this::show))
                .patch("/admin/v1/instances/{name}", HostRefusals.told(this::configure))
                .delete("/admin/v1/instances/{name}", HostRefusals.told(this::remove));
    }

    private void list(Exchange exchange) {
        exchange.send(200, Exchange.JSON, InstanceJson.of(instances.list()));
    }

    private void show(Exchange exchange) {
        String name = exchange.value("name");
        exchange.send(
                200,
                Exchange.JSON,
                InstanceJson.of(
                        instances
                                .find(name)
                                .orElseThrow(() ->
                                        HostException.notFound("there is no instance " + name))));
    }

    private void configure(Exchange exchange) throws IOException {
        InstanceChange change = InstanceChangeReader.read(bodies.read(exchange));
        exchange.send(
                200,
                Exchange.JSON,
                InstanceJson.of(instances.configure(exchange.value("name"), change)));
    }

    private void remove(Exchange exchange) {
        instances.remove(exchange.value("name"));
        exchange.sendNothing(204);
    }
}
