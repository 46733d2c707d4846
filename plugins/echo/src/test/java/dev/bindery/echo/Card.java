package dev.bindery.echo;

import dev.bindery.api.BindingCard;
import dev.bindery.api.Capability;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.SettingType;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import org.yaml.snakeyaml.Yaml;

/** The config.yaml that the jar will carry. */
final class Card {
    private Card() {}

    static BindingCard read() {
        Map<String, Object> yaml = yaml();
        return BindingCard.builder(
                        text(yaml, "id"),
                        text(yaml, "name"),
                        text(yaml, "author"),
                        text(yaml, "version"),
                        text(yaml, "description"),
                        text(yaml, "url"),
                        text(yaml, "license"))
                .capabilities(
                        maps(yaml, "capabilities", String.class).stream()
                                .map(Capability::new)
                                .toList())
                .settings(
                        ConfigTemplate.of(
                                maps(yaml, "settings", Map.class).stream()
                                        .map(Card::entry)
                                        .toList()))
                .build();
    }

    private static Map<String, Object> yaml() {
        try (InputStream in = Card.class.getResourceAsStream("/config.yaml")) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static ConfigEntry entry(Map<?, ?> setting) {
        SettingType type = SettingType.ofYamlName(text(setting, "type")).orElseThrow();
        return ConfigEntry.builder(text(setting, "name"), type)
                .value(setting.get("value"))
                .help(text(setting, "help"))
                .min(number(setting, "min"))
                .max(number(setting, "max"))
                .build();
    }

    private static <T> List<T> maps(Map<?, ?> yaml, String name, Class<T> kind) {
        return ((List<?>) yaml.get(name)).stream().map(kind::cast).toList();
    }

    private static String text(Map<?, ?> yaml, String name) {
        return (String) yaml.get(name);
    }

    private static Double number(Map<?, ?> yaml, String name) {
        return yaml.get(name) instanceof Number number ? (Double) number.doubleValue() : null;
    }
}
