package dev.bindery.server.admin;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.JsonValue;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.Instances;
import dev.bindery.server.answer.Calls;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import java.io.IOException;
import java.util.Map;

/**
 * The commands that bindings declare, over HTTP: {@code POST
 * /admin/v1/instances/NAME/commands/COMMAND} with the arguments as a JSON object answers {@code
 * {"result": …}}. How far the work is, events tell. Who goes away ends it.
 */
final class CommandsAdmin {
    private final Instances instances;
    private final Calls calls;
    private final JsonBody bodies;

    CommandsAdmin(Instances instances, Calls calls, JsonBody bodies) {
        this.instances = instances;
        this.calls = calls;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.post("/admin/v1/instances/{name}/commands/{command}", HostRefusals.told(this::run));
    }

    private void run(Exchange exchange) throws IOException {
        Map<String, JsonValue> arguments = bodies.read(exchange).rest().fields();
        JsonValue result =
                calls.run(exchange, cancellation -> run(exchange, arguments, cancellation));
        JsonText json = new JsonText();
        json.beginObject().field("result").value(result.toString()).endObject();
        exchange.send(200, Exchange.JSON, json.toBytes());
    }

    private JsonValue run(
            Exchange exchange, Map<String, JsonValue> arguments, Cancellation cancellation) {
        try {
            return instances.execute(
                    exchange.value("name"),
                    exchange.value("command"),
                    arguments,
                    listener(cancellation));
        } catch (BindingException e) {
            throw Refusal.of(e);
        }
    }

    private static ProgressListener listener(Cancellation cancellation) {
        return new ProgressListener() {
            @Override
            public void progress(Progress progress) {}

            @Override
            public Cancellation cancellation() {
                return cancellation;
            }
        };
    }
}
