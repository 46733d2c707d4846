package dev.bindery.server.admin;

import dev.bindery.api.Isolation;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.Limits;
import dev.bindery.host.Placement;
import dev.bindery.server.cost.ModelTotal;
import dev.bindery.server.cost.Spending;
import dev.bindery.server.json.JsonText;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** An instance as the admin API shows it. */
final class InstanceJson {
    private InstanceJson() {}

    static byte[] of(List<InstanceStatus> instances, Spending spending) {
        JsonText out = new JsonText().beginObject().field("instances").beginArray();
        instances.forEach(instance -> write(instance, spending, out));
        return out.endArray().endObject().toBytes();
    }

    static byte[] of(InstanceStatus instance, Spending spending) {
        JsonText out = new JsonText();
        write(instance, spending, out);
        return out.toBytes();
    }

    private static void write(InstanceStatus instance, Spending spending, JsonText out) {
        out.beginObject().field("name").text(instance.name());
        out.field("binding").text(instance.binding());
        out.field("state").text(instance.state().name());
        out.field("reason").text(instance.reason());
        out.field("implicit").flag(instance.implicit());
        out.field("enabled").flag(instance.enabled());
        out.field("settings").value(instance.settings().toString()).field("template");
        TemplateJson.write(instance.template(), out);
        out.field("default_model");
        instance.defaultModel().ifPresentOrElse(out::text, out::nothing);
        out.field("aliases").beginObject();
        instance.aliases().forEach((alias, model) -> out.field(alias).text(model));
        out.endObject();
        limits(instance.limits(), out.field("limits"));
        placement(instance.placement(), out);
        out.field("calls").beginArray();
        instance.calls().entries().forEach(out::text);
        out.endArray();
        out.field("health").beginObject().field("status").text(instance.health().status());
        out.field("reason").text(instance.health().reason()).endObject();
        out.field("models").beginArray();
        instance.models().forEach(out::text);
        out.endArray().field("active_calls").number(instance.activeCalls());
        out.field("queued_calls").number(instance.queuedCalls());
        out.field("stuck_calls").number(instance.stuckCalls());
        spent(spending.of(instance.name()), out.field("totals"));
        out.endObject();
    }

    private static void spent(Map<String, ModelTotal> byModel, JsonText out) {
        ModelTotal.sum(byModel.values()).write(out.beginObject());
        out.field("models").beginObject();
        byModel.forEach((model, total) -> {
            total.write(out.field(model).beginObject());
            out.endObject();
        });
        out.endObject().endObject();
    }

    private static void placement(Placement placement, JsonText out) {
        out.field("isolation");
        placement.isolation().map(Isolation::yamlName).ifPresentOrElse(out::text, out::nothing);
        out.field("memory");
        placement.memory().ifPresentOrElse(out::text, out::nothing);
    }

    private static void limits(Limits limits, JsonText out) {
        out.beginObject().field("concurrency").number(limits.concurrency());
        out.field("queue").number(limits.queue());
        seconds(limits.firstToken(), out.field("first_token_s"));
        seconds(limits.idle(), out.field("idle_s"));
        seconds(limits.total(), out.field("total_s"));
        out.field("unload_after_s");
        limits.unloadAfter().ifPresentOrElse(time -> seconds(time, out), out::nothing);
        out.field("retries").number(limits.retries()).endObject();
    }

    /** Whole seconds as whole numbers. */
    private static void seconds(Duration time, JsonText out) {
        if (time.toMillisPart() == 0) {
            out.number(time.toSeconds());
        } else {
            out.number(time.toMillis() / 1000.0);
        }
    }
}
