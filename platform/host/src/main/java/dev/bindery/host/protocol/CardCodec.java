package dev.bindery.host.protocol;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingType;
import dev.bindery.api.Capability;
import dev.bindery.api.CommandInfo;
import dev.bindery.api.Isolation;
import dev.bindery.api.ModelPolicy;
import dev.bindery.api.RequiredPackage;
import dev.bindery.api.Swap;
import dev.bindery.api.Threads;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/** A binding's card. */
public final class CardCodec {
    private CardCodec() {}

    public static ObjectNode encode(BindingCard card) {
        return new WireObject()
                .text("id", card.id())
                .text("name", card.name())
                .text("author", card.author())
                .text("version", card.version())
                .text("description", card.description())
                .text("url", card.url())
                .text("license", card.license())
                .text("type", card.type().yamlName())
                .text("api", card.api())
                .node("uses", uses(card.uses()))
                .texts("capabilities", capabilities(card))
                .text("models", card.models().yamlName())
                .text("isolation", card.isolation().yamlName())
                .texts("command", card.command())
                .text("threads", card.threads().yamlName())
                .text("swap", card.swap().yamlName())
                .whole("concurrency", card.concurrency())
                .list("packages", card.packages(), CardCodec::required)
                .node("settings", ConfigCodec.entries(card.settings()))
                .list("commands", card.commands(), CardCodec::command)
                .node();
    }

    /**
     * The card; what it leaves out has the contract's default.
     *
     * @throws ProtocolException when it is not whole
     */
    public static BindingCard decode(WireReader wire) {
        BindingCard.Builder card =
                BindingCard.builder(
                                wire.text("id"),
                                wire.text("name"),
                                wire.text("author"),
                                wire.text("version"),
                                wire.text("description"),
                                wire.text("url"),
                                wire.text("license"))
                        .uses(uses(wire))
                        .capabilities(
                                wire.texts("capabilities").stream().map(Capability::new).toList())
                        .command(wire.texts("command"))
                        .packages(wire.list("packages", CardCodec::required))
                        .settings(ConfigCodec.template(wire, "settings"))
                        .commands(wire.list("commands", CardCodec::command));
        wire.textIf("api").ifPresent(card::api);
        wire.intIf("concurrency").ifPresent(card::concurrency);
        wire.textIf("type").flatMap(BindingType::ofYamlName).ifPresent(card::type);
        wire.textIf("models").flatMap(ModelPolicy::ofYamlName).ifPresent(card::models);
        wire.textIf("isolation").flatMap(Isolation::ofYamlName).ifPresent(card::isolation);
        wire.textIf("threads").flatMap(Threads::ofYamlName).ifPresent(card::threads);
        wire.textIf("swap").flatMap(Swap::ofYamlName).ifPresent(card::swap);
        return card.build();
    }

    private static ObjectNode uses(Map<String, String> uses) {
        WireObject wire = new WireObject();
        uses.forEach(wire::text);
        return wire.node();
    }

    private static Map<String, String> uses(WireReader wire) {
        Map<String, String> uses = new LinkedHashMap<>();
        wire.eachText("uses", uses::put);
        return uses;
    }

    private static List<String> capabilities(BindingCard card) {
        return card.capabilities().stream().map(Capability::name).sorted().toList();
    }

    private static ObjectNode required(RequiredPackage required) {
        return new WireObject()
                .text("maven", required.maven())
                .text("sha256", required.sha256())
                .node();
    }

    private static RequiredPackage required(WireReader wire) {
        return new RequiredPackage(wire.text("maven"), wire.textIf("sha256"));
    }

    private static ObjectNode command(CommandInfo command) {
        return new WireObject()
                .text("name", command.name())
                .text("help", command.help())
                .node("parameters", ConfigCodec.entries(command.parameters()))
                .node();
    }

    private static CommandInfo command(WireReader wire) {
        return CommandInfo.builder(wire.text("name"))
                .help(wire.textIf("help").orElse(""))
                .parameters(ConfigCodec.template(wire, "parameters"))
                .build();
    }
}
