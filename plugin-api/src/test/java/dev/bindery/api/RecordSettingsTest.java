package dev.bindery.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class RecordSettingsTest {
    private static final ConfigTemplate TEMPLATE =
            ConfigTemplate.of(
                    ConfigEntry.builder("base_url", SettingType.STR).value("http://a/v1").build(),
                    ConfigEntry.builder("max_tokens", SettingType.INT).value(7).build(),
                    ConfigEntry.builder("big", SettingType.INT).value(1L << 40).build(),
                    ConfigEntry.builder("temperature", SettingType.FLOAT).value(0.5).build(),
                    ConfigEntry.builder("on", SettingType.BOOL).value(true).build(),
                    ConfigEntry.builder("names", SettingType.LIST).value(List.of("a")).build(),
                    ConfigEntry.builder("extra", SettingType.DICT).value(Map.of("k", 1)).build(),
                    ConfigEntry.builder("model_file", SettingType.FILE).value("/m.gguf").build(),
                    ConfigEntry.builder("mode", SettingType.STR).value("very-fast").build(),
                    ConfigEntry.builder("key", SettingType.STR).build(),
                    ConfigEntry.builder("seed", SettingType.INT).build());

    enum Mode {
        SLOW,
        VERY_FAST
    }

    record Everything(
            URI baseUrl,
            int maxTokens,
            long big,
            double temperature,
            boolean on,
            List<String> names,
            JsonObject extra,
            Path modelFile,
            Mode mode,
            String key,
            Optional<Integer> seed) {}

    @Test
    void everyKindOfComponentTakesItsSetting() {
        assertThat(config(Map.of()).as(Everything.class))
                .isEqualTo(
                        new Everything(
                                URI.create("http://a/v1"),
                                7,
                                1L << 40,
                                0.5,
                                true,
                                List.of("a"),
                                JsonObject.of("k", 1),
                                Path.of("/m.gguf"),
                                Mode.VERY_FAST,
                                "",
                                Optional.empty()));
        assertThat(config(Map.of("seed", 3)).as(Everything.class).seed()).contains(3);
    }

    record Snake(int max_tokens) {}

    @Test
    void aComponentMayHaveTheSettingsOwnName() {
        assertThat(config(Map.of()).as(Snake.class)).isEqualTo(new Snake(7));
    }

    record Unknown(String missing) {}

    record Unfit(OptionalInt seed) {}

    record WrongType(int mode) {}

    record TooNarrow(int big) {}

    record NoConstant(Everywhere mode) {}

    enum Everywhere {
        NOWHERE
    }

    record NoAddress(URI key) {}

    @Test
    void whatDoesNotFitIsNamed() {
        refuses(Unknown.class, "there is no setting missing; there are: base_url,");
        refuses(Unfit.class, "the setting seed does not fit into a java.util.OptionalInt");
        refuses(WrongType.class, "the setting mode is of type str, not a whole number");
        refuses(
                NoConstant.class,
                "the setting mode does not fit into a dev.bindery.api.RecordSettingsTest$Everywhere");
    }

    @Test
    void aValueThatIsNoAddressOrBeyondAnIntIsTheOperatorsMistake() {
        assertThatThrownBy(() -> config(Map.of("key", "a b")).as(NoAddress.class))
                .isInstanceOf(BindingException.class)
                .hasMessage("key: \"a b\" is not an address");
        assertThatThrownBy(() -> config(Map.of()).as(TooNarrow.class))
                .isInstanceOf(BindingException.class)
                .hasMessage("big: 1099511627776 is out of range: from -2147483648 to 2147483647");
    }

    record Picky(int maxTokens) {
        Picky {
            if (maxTokens > 5) {
                throw new IllegalArgumentException("max_tokens: at most 5");
            }
        }
    }

    record Refusing(int maxTokens) {
        Refusing {
            throw BindingException.invalidRequest("max_tokens: no thanks");
        }
    }

    @Test
    void aRecordMayRefuse() {
        assertThatThrownBy(() -> config(Map.of()).as(Picky.class))
                .isInstanceOf(BindingException.class)
                .hasMessage("max_tokens: at most 5");
        assertThatThrownBy(() -> config(Map.of()).as(Refusing.class))
                .isInstanceOf(BindingException.class)
                .hasMessage("max_tokens: no thanks");
    }

    private static void refuses(Class<? extends Record> type, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> config(Map.of()).as(type))
                .withMessageStartingWith(message);
    }

    private static TypedConfig config(Map<String, ?> given) {
        return new TypedConfig(TEMPLATE, BaseConfig.of(given));
    }
}
