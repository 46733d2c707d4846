package dev.bindery.server.lollms;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.JsonValue;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Instances;
import dev.bindery.server.http.Exchange;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.http.Routes;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import dev.bindery.server.json.JsonText;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The settings of the instance that a request names, or of the one that counts as active. What is
 * set is in force at once.
 */
final class SettingEndpoints {
    private final Instances instances;
    private final ActiveModel active;
    private final JsonBody bodies;

    SettingEndpoints(Instances instances, ActiveModel active, JsonBody bodies) {
        this.instances = instances;
        this.active = active;
        this.bodies = bodies;
    }

    void addTo(Routes.Builder routes) {
        routes.post("/get_active_binding_settings", this::get)
                .post("/set_active_binding_settings", HostRefusals.told(this::set))
                .post("/update_binding_settings", this::update);
    }

    private InstanceStatus instance(Fields body) {
        String name = body.text("name");
        return (name == null ? active.instance() : instances.find(name))
                .orElseThrow(() ->
                        Refusal.of(
                                404,
                                "not_found",
                                name == null
                                        ? "no instance has a model; name an instance"
                                        : "there is no instance " + name));
    }

    private void get(Exchange exchange) throws IOException {
        InstanceStatus instance = instance(bodies.read(exchange));
        JsonText out = new JsonText().beginArray();
        instance.template().entries().forEach(entry -> write(entry, instance, out));
        exchange.send(200, Exchange.JSON, out.endArray().toBytes());
    }

    private static void write(ConfigEntry entry, InstanceStatus instance, JsonText out) {
        JsonValue value = instance.settings().field(entry.name()).orElse(entry.value());
        out.beginObject().field("name").text(entry.name());
        out.field("type").text(entry.type().yamlName());
        out.field("value").value(value.toString()).field("help").text(entry.help());
        entry.min().ifPresent(least -> out.field("min").number(least));
        entry.max().ifPresent(greatest -> out.field("max").number(greatest));
        if (!entry.options().isEmpty()) {
            out.field("options").beginArray();
            entry.options().forEach(out::text);
            out.endArray();
        }
        out.endObject();
    }

    private void set(Exchange exchange) throws IOException {
        Fields body = bodies.read(exchange);
        InstanceStatus instance = instance(body);
        Map<String, JsonValue> changed = new LinkedHashMap<>();
        for (Element entry : body.required("settings").list()) {
            Fields setting = entry.object();
            String name = setting.requiredText("name");
            JsonValue value = setting.required("value").json();
            // What comes back as it was shown has not changed: a secret is shown masked.
            if (!instance.settings().field(name).filter(value::equals).isPresent()) {
                changed.put(name, value);
            }
        }
        instances.configure(instance.name(), InstanceChange.settings(changed));
        exchange.send(200, Exchange.JSON, StatusJson.of(true));
    }

    private void update(Exchange exchange) throws IOException {
        instance(bodies.read(exchange));
        exchange.send(200, Exchange.JSON, StatusJson.of(true));
    }
}
