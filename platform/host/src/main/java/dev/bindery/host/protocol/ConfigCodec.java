package dev.bindery.host.protocol;

import dev.bindery.api.BaseConfig;
import dev.bindery.api.BindingException;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.JsonObject;
import dev.bindery.api.SettingType;
import dev.bindery.api.TypedConfig;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Settings: the template's entries, and the values in force, secrets included. */
public final class ConfigCodec {
    private ConfigCodec() {}

    public static ObjectNode encode(TypedConfig config) {
        return new WireObject()
                .node("template", entries(config.template()))
                .node("values", JsonTree.encode(new JsonObject(config.values())))
                .node();
    }

    /**
     * The settings.
     *
     * @throws ProtocolException when the values do not fit the template
     */
    public static TypedConfig decode(WireReader wire) {
        try {
            return new TypedConfig(
                    template(wire, "template"), new BaseConfig(wire.jsonObject("values")));
        } catch (BindingException e) {
            throw new ProtocolException("the settings do not fit: " + e.getMessage(), e);
        }
    }

    static ArrayNode entries(ConfigTemplate template) {
        ArrayNode entries = JsonNodeFactory.instance.arrayNode();
        template.entries().forEach(entry -> entries.add(entry(entry)));
        return entries;
    }

    static ConfigTemplate template(WireReader wire, String name) {
        try {
            return ConfigTemplate.of(wire.list(name, ConfigCodec::entry));
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("the field %s: %s".formatted(name, e.getMessage()), e);
        }
    }

    private static ObjectNode entry(ConfigEntry entry) {
        return new WireObject()
                .text("name", entry.name())
                .text("type", entry.type().yamlName())
                .json("value", entry.value())
                .text("help", entry.help())
                .number("min", entry.min())
                .number("max", entry.max())
                .texts("options", entry.options())
                .flag("required", entry.required())
                .flag("secret", entry.secret())
                .number("step", entry.step())
                .text("placeholder", entry.placeholder())
                .node();
    }

    private static ConfigEntry entry(WireReader wire) {
        ConfigEntry.Builder entry =
                ConfigEntry.builder(wire.text("name"), type(wire.text("type")))
                        .value(wire.json("value"))
                        .help(wire.textIf("help").orElse(""))
                        .options(wire.texts("options"))
                        .required(wire.flag("required"))
                        .secret(wire.flag("secret"))
                        .placeholder(wire.textIf("placeholder").orElse(null));
        wire.numberIf("min").ifPresent(entry::min);
        wire.numberIf("max").ifPresent(entry::max);
        wire.numberIf("step").ifPresent(entry::step);
        return entry.build();
    }

    private static SettingType type(String name) {
        return SettingType.ofYamlName(name)
                .orElseThrow(() -> new ProtocolException("no type of a setting: " + name));
    }
}
