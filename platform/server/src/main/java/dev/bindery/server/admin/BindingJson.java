package dev.bindery.server.admin;

import dev.bindery.api.BindingCard;
import dev.bindery.api.Capability;
import dev.bindery.api.CommandInfo;
import dev.bindery.host.BindingStatus;
import dev.bindery.server.json.JsonText;
import java.util.List;

/** A binding as the admin API shows it. */
final class BindingJson {
    private BindingJson() {}

    static byte[] of(List<BindingStatus> bindings) {
        JsonText out = new JsonText().beginObject().field("bindings").beginArray();
        bindings.forEach(binding -> write(binding, out));
        return out.endArray().endObject().toBytes();
    }

    static byte[] of(BindingStatus binding) {
        JsonText out = new JsonText();
        write(binding, out);
        return out.toBytes();
    }

    /**
     * @param current whether the jar that was sent is the one that this is about
     */
    static byte[] installed(BindingStatus binding, boolean current) {
        JsonText out = new JsonText().beginObject();
        fields(binding, out);
        return out.field("current").flag(current).endObject().toBytes();
    }

    private static void write(BindingStatus binding, JsonText out) {
        out.beginObject();
        fields(binding, out);
        out.endObject();
    }

    private static void fields(BindingStatus binding, JsonText out) {
        out.field("id").text(binding.id());
        out.field("name").text(binding.card().map(BindingCard::name).orElse(binding.id()));
        out.field("version").text(binding.version());
        out.field("state").text(binding.state().name());
        out.field("reason").text(binding.reason());
        out.field("generation").number(binding.generation());
        out.field("bundled").flag(binding.bundled());
        out.field("file").text(binding.file().toString());
        out.field("sha256").text(binding.sha256());
        out.field("instances").beginArray();
        binding.instances().forEach(out::text);
        out.endArray().field("since").text(binding.since().toString()).field("card");
        binding.card().ifPresentOrElse(card -> card(card, out), out::nothing);
    }

    private static void card(BindingCard card, JsonText out) {
        out.beginObject().field("author").text(card.author());
        out.field("description").text(card.description());
        out.field("url").text(card.url()).field("license").text(card.license());
        out.field("type").text(card.type().yamlName());
        out.field("capabilities").beginArray();
        card.capabilities().stream().map(Capability::name).sorted().forEach(out::text);
        out.endArray().field("isolation").text(card.isolation().yamlName());
        out.field("threads").text(card.threads().yamlName());
        out.field("swap").text(card.swap().yamlName());
        out.field("models").text(card.models().yamlName());
        out.field("api").text(card.api()).field("settings");
        TemplateJson.write(card.settings(), out);
        out.field("commands").beginArray();
        card.commands().forEach(command -> command(command, out));
        out.endArray().endObject();
    }

    private static void command(CommandInfo command, JsonText out) {
        out.beginObject().field("name").text(command.name());
        out.field("help").text(command.help()).field("parameters");
        TemplateJson.write(command.parameters(), out);
        out.endObject();
    }
}
