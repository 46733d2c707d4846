package dev.bindery.server.admin;

import dev.bindery.host.HostException;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Instances;
import dev.bindery.server.cost.Spending;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.io.IOException;
import java.util.List;

/** The configured uses of bindings, over HTTP. */
final class InstancesAdmin {
    private final Instances instances;
    private final Spending spending;
    private final JsonBody bodies;

    InstancesAdmin(Instances instances, Spending spending, JsonBody bodies) {
        this.instances = instances;
        this.spending = spending;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.get("/admin/v1/instances", HostRefusals.told(this::list))
                .get("/admin/v1/instances/{name}", HostRefusals.told(this::show))
                .patch("/admin/v1/instances/{name}", HostRefusals.told(this::configure))
                .delete("/admin/v1/instances/{name}", HostRefusals.told(this::remove));
    }

    private void list(Exchange exchange) {
        exchange.send(200, Exchange.JSON, InstanceJson.of(instances.list(), spending));
    }

    private void show(Exchange exchange) {
        String name = exchange.value("name");
        exchange.send(
                200,
                Exchange.JSON,
                InstanceJson.of(
                        instances
                                .find(name)
                                .orElseThrow(() -> HostException.notFound(unknown(name))),
                        spending));
    }

    private String unknown(String name) {
        return instances
                .renamed(name)
                .map(now -> "there is no instance %s; it is called %s now".formatted(name, now))
                .orElseGet(() -> "there is no instance %s; there are: %s".formatted(name, there()));
    }

    private String there() {
        List<String> names = instances.list().stream().map(InstanceStatus::name).toList();
        return names.isEmpty() ? "none" : String.join(", ", names);
    }

    private void configure(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        String name = exchange.value("name");
        String to = body.text("name");
        if (to != null && !body.rest().isEmpty()) {
            throw Refusal.invalid(
                    "found name beside other fields; rename an instance by itself, and change the rest under its new name");
        }
        InstanceStatus changed =
                to == null
                        ? instances.configure(name, InstanceChangeReader.read(body))
                        : instances.rename(name, to);
        if (to != null) {
            spending.renamed(name, to);
        }
        exchange.send(200, Exchange.JSON, InstanceJson.of(changed, spending));
    }

    private void remove(Exchange exchange) {
        instances.remove(exchange.value("name"));
        exchange.sendNothing(204);
    }
}
