package dev.bindery.binding.openai;

import dev.bindery.api.BindingCard;
import dev.bindery.api.Capability;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.SettingType;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The binding's own config.yaml as the host would read it. */
final class Card {
    private Card() {}

    static BindingCard read() throws IOException {
        try (InputStream in = Card.class.getResourceAsStream("/config.yaml")) {
            Map<String, Object> card =
                    new Yaml(new SafeConstructor(new LoaderOptions()))
                            .load(Objects.requireNonNull(in));
            return BindingCard.builder(
                            text(card, "id"),
                            text(card, "name"),
                            text(card, "author"),
                            text(card, "version"),
                            text(card, "description"),
                            text(card, "url"),
                            text(card, "license"))
                    .capabilities(
                            texts(card, "capabilities").stream().map(Capability::new).toList())
                    .settings(settings(card))
                    .build();
        }
    }

    @SuppressWarnings("unchecked") // YAML has no types
    private static ConfigTemplate settings(Map<String, Object> card) {
        List<Map<String, Object>> settings = (List<Map<String, Object>>) card.get("settings");
        return ConfigTemplate.of(settings.stream().map(Card::entry).toList());
    }

    private static ConfigEntry entry(Map<String, Object> setting) {
        return ConfigEntry.builder(
                        text(setting, "name"),
                        SettingType.ofYamlName(text(setting, "type")).orElseThrow())
                .value(setting.get("value"))
                .help(text(setting, "help"))
                .min(number(setting, "min"))
                .max(number(setting, "max"))
                .options(setting.containsKey("options") ? texts(setting, "options") : List.of())
                .required(Boolean.TRUE.equals(setting.get("required")))
                .secret(Boolean.TRUE.equals(setting.get("secret")))
                .build();
    }

    private static String text(Map<String, Object> map, String name) {
        return String.valueOf(Objects.requireNonNull(map.get(name), name));
    }

    @SuppressWarnings("unchecked") // YAML has no types
    private static List<String> texts(Map<String, Object> map, String name) {
        return (List<String>) map.get(name);
    }

    private static Double number(Map<String, Object> map, String name) {
        return map.get(name) == null ? null : ((Number) map.get(name)).doubleValue();
    }
}
