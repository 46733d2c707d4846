package dev.bindery.server.admin;

import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonValue;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.Reach;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads what is to change on an instance. Unlike the LLM APIs it refuses what it does not know. */
final class InstanceChangeReader {
    private InstanceChangeReader() {}

    static InstanceChange read(Fields body) {
        InstanceChange change =
                new InstanceChange(
                        Optional.ofNullable(body.text("binding")),
                        values(body, "settings"),
                        Optional.ofNullable(body.flag("enabled")),
                        text(body, "default_model"),
                        aliases(body),
                        values(body, "limits"),
                        text(body, "isolation"),
                        text(body, "memory"),
                        calls(body));
        if (!body.rest().isEmpty()) {
            throw Refusal.invalid(
                    ("there is no field %s; an instance has binding, settings, enabled,"
                                    + " default_model, aliases, limits, isolation, memory and calls, and a name of its own")
                            .formatted(String.join(", ", body.rest().fields().keySet())));
        }
        return change;
    }

    /** A null takes back what was given, as an empty text does. */
    private static Optional<String> text(Fields body, String field) {
        String text = body.text(field);
        return text == null && body.isNull(field) ? Optional.of("") : Optional.ofNullable(text);
    }

    private static Optional<Reach> calls(Fields body) {
        if (body.isNull("calls")) {
            return Optional.of(Reach.NONE);
        }
        return Optional.ofNullable(body.element("calls"))
                .map(calls -> new Reach(calls.list().stream().map(Element::text).toList()));
    }

    private static Map<String, JsonValue> values(Fields body, String field) {
        Fields object = body.object(field);
        Map<String, JsonValue> values = new LinkedHashMap<>();
        if (object != null) {
            object.nulls().forEach(name -> values.put(name, JsonNull.NULL));
            object.all().forEach((name, value) -> values.put(name, value.json()));
        }
        return values;
    }

    private static Map<String, String> aliases(Fields body) {
        Fields object = body.object("aliases");
        Map<String, String> aliases = new LinkedHashMap<>();
        if (object != null) {
            object.nulls().forEach(name -> aliases.put(name, ""));
            object.all().forEach((name, value) -> aliases.put(name, value.text()));
        }
        return aliases;
    }
}
