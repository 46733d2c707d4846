package dev.bindery.server.admin;

import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.server.json.JsonText;

/** What settings there are, for those who show a form. */
final class TemplateJson {
    private TemplateJson() {}

    static void write(ConfigTemplate template, JsonText out) {
        out.beginArray();
        template.entries().forEach(entry -> write(entry, out));
        out.endArray();
    }

    private static void write(ConfigEntry entry, JsonText out) {
        out.beginObject().field("name").text(entry.name());
        out.field("type").text(entry.type().yamlName());
        out.field("value").value(entry.value().toString());
        out.field("help").text(entry.help());
        entry.min().ifPresent(least -> out.field("min").number(least));
        entry.max().ifPresent(greatest -> out.field("max").number(greatest));
        out.field("options").beginArray();
        entry.options().forEach(out::text);
        out.endArray().field("required").flag(entry.required());
        out.field("secret").flag(entry.secret());
        entry.step().ifPresent(step -> out.field("step").number(step));
        entry.placeholder().ifPresent(text -> out.field("placeholder").text(text));
        out.endObject();
    }
}
