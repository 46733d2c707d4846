package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TypedConfigTest {
    private static final ConfigTemplate TEMPLATE =
            ConfigTemplate.of(
                    entry("api_key", SettingType.STR).secret(true).required(true).max(20.0).build(),
                    entry("temperature", SettingType.FLOAT).value(0.7).min(0.0).max(1.0).build(),
                    entry("threads", SettingType.INT).value(4).min(1.0).build(),
                    entry("retries", SettingType.INT).max(9.0).build(),
                    entry("mode", SettingType.STR)
                            .value("fast")
                            .options(List.of("fast", "good"))
                            .build(),
                    entry("tags", SettingType.LIST).options(List.of("a", "b")).max(2.0).build(),
                    entry("on", SettingType.BOOL).value(true).build(),
                    entry("extra", SettingType.DICT).value(Map.of()).build(),
                    entry("notes", SettingType.TEXT).build(),
                    entry("model_file", SettingType.FILE).build(),
                    entry("refresh", SettingType.BTN).build());

    @Test
    void whatIsNotGivenHasTheDefaultOrNoValue() {
        TypedConfig config = new TypedConfig(TEMPLATE, BaseConfig.EMPTY);

        assertThat(config.number("temperature")).isEqualTo(0.7);
        assertThat(config.integer("threads")).isEqualTo(4);
        assertThat(config.string("mode")).isEqualTo("fast");
        assertThat(config.flag("on")).isTrue();
        assertThat(config.string("api_key")).isEmpty();
        assertThat(config.integer("retries")).isZero();
        assertThat(config.list("tags")).isEmpty();
        assertThat(config.dict("extra")).isEqualTo(JsonObject.EMPTY);
        assertThat(config.has("retries")).isFalse();
        assertThat(config.has("threads")).isTrue();
        assertThat(config.missing()).containsExactly("api_key");
    }

    @Test
    void whatIsGivenCounts() {
        TypedConfig config =
                config(Map.of("api_key", "k", "temperature", 1, "tags", List.of("b", "a")));

        assertThat(config.number("temperature")).isEqualTo(1);
        assertThat(config.list("tags")).containsExactly("b", "a");
        assertThat(config.missing()).isEmpty();
        assertThat(config.values()).isUnmodifiable().hasSize(TEMPLATE.entries().size());
    }

    @Test
    void nullMeansTheDefault() {
        Map<String, Object> given = new HashMap<>();
        given.put("threads", null);

        assertThat(config(given).integer("threads")).isEqualTo(4);
    }

    @Test
    void anEmptyTextDoesNotFillARequiredSetting() {
        assertThat(config(Map.of("api_key", "")).missing()).containsExactly("api_key");
    }

    static List<Arguments> whatDoesNotFit() {
        return List.of(
                Arguments.of("threads", "4", "threads: \"4\" is not a whole number at least 1"),
                Arguments.of("threads", 1.5, "threads: 1.5 is not a whole number at least 1"),
                Arguments.of("threads", 0, "threads: 0 is out of range: at least 1"),
                Arguments.of("retries", 10, "retries: 10 is out of range: at most 9"),
                Arguments.of("temperature", 1.5, "temperature: 1.5 is out of range: from 0 to 1"),
                Arguments.of("temperature", "x", "temperature: \"x\" is not a number from 0 to 1"),
                Arguments.of("mode", "slow", "mode: \"slow\" is not one of fast, good"),
                Arguments.of("mode", 1, "mode: 1 is not a text"),
                Arguments.of("on", "yes", "on: \"yes\" is neither true nor false"),
                Arguments.of("tags", List.of("a", "c"), "tags: [\"a\",\"c\"] is not one of a, b"),
                Arguments.of("tags", List.of(1), "tags: [1] is not a list of texts"),
                Arguments.of(
                        "tags",
                        List.of("a", "a", "a"),
                        "tags: [\"a\",\"a\",\"a\"] is out of range: at most 2 entries"),
                Arguments.of("extra", List.of(), "extra: [] is not a map"),
                Arguments.of("model_file", 1, "model_file: 1 is not a path"),
                Arguments.of(
                        "refresh",
                        true,
                        "refresh: true is a button, which has no value: leave it out"));
    }

    @ParameterizedTest
    @MethodSource("whatDoesNotFit")
    void whatDoesNotFitIsRefusedWithWhatIsAllowed(String name, Object value, String message) {
        assertThatThrownBy(() -> config(Map.of(name, value)))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST))
                .hasMessage(message);
    }

    @Test
    void everyProblemIsSaidAtOnceAndUnknownNamesTooWithThoseThereAre() {
        assertThatThrownBy(() -> config(Map.of("threads", 0, "thread", 1)))
                .hasMessageContaining("threads: 0 is out of range")
                .hasMessageContaining("; ")
                .hasMessageContaining(
                        "there is no setting thread; there are: api_key, temperature, threads,");
    }

    @Test
    void aSecretIsNeverShown() {
        String secret = "sk-very-secret-0123456789";

        assertThatThrownBy(() -> config(Map.of("api_key", secret)))
                .hasMessage("api_key: the value given is out of range: at most 20 characters");
        assertThatThrownBy(() -> config(Map.of("api_key", List.of(secret))))
                .hasMessage("api_key: the value given is not a text");
        assertThat(config(Map.of("api_key", "sk-short")))
                .asString()
                .contains("api_key=***")
                .contains("threads=4")
                .doesNotContain("sk-short");
        assertThat(BaseConfig.of(Map.of("api_key", secret))).hasToString("BaseConfig[api_key]");
    }

    @Test
    void aLongValueIsShownInPart() {
        assertThatThrownBy(() -> config(Map.of("mode", "x".repeat(500))))
                .hasMessageContaining("…")
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(150));
    }

    @Test
    void anAuthorsMistakeIsNamed() {
        TypedConfig config = config(Map.of());

        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.string("apikey"))
                .withMessageStartingWith("there is no setting apikey; there are: api_key,");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config.string("threads"))
                .withMessage("the setting threads is of type int, not a text");
        assertThatIllegalArgumentException().isThrownBy(() -> config.integer("mode"));
        assertThatIllegalArgumentException().isThrownBy(() -> config.number("mode"));
        assertThatIllegalArgumentException().isThrownBy(() -> config.flag("mode"));
        assertThatIllegalArgumentException().isThrownBy(() -> config.list("mode"));
        assertThatIllegalArgumentException().isThrownBy(() -> config.dict("mode"));
    }

    @Test
    void aTemplateIsCheckedWhenItIsMade() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> entry("n", SettingType.INT).value("x").build())
                .withMessage("default value: n: \"x\" is not a whole number");
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        ConfigTemplate.of(
                                entry("n", SettingType.INT).build(),
                                entry("n", SettingType.STR).build()))
                .withMessage("the setting n is there twice");
    }

    @Test
    void everyTypeHasTheNameOfTheGuide() {
        assertThat(Arrays.stream(SettingType.values()).map(SettingType::yamlName))
                .containsExactly(
                        "int", "float", "str", "text", "bool", "list", "dict", "file", "folder",
                        "btn");
        assertThat(SettingType.ofYamlName("string")).isEmpty();
    }

    private static TypedConfig config(Map<String, ?> given) {
        return new TypedConfig(TEMPLATE, BaseConfig.of(given));
    }

    private static ConfigEntry.Builder entry(String name, SettingType type) {
        return ConfigEntry.builder(name, type);
    }
}
