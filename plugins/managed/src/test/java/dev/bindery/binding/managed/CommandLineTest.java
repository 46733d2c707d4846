package dev.bindery.binding.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.fixture.TestContext;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandLineTest {
    @TempDir Path folder;

    @Test
    void aPresetIsFilledIn() {
        assertThat(words(Map.of("model", "/models/qwen 3.gguf", "context", 8192)))
                .containsExactly(
                        "llama-server",
                        "--model",
                        "/models/qwen 3.gguf",
                        "--alias",
                        "qwen 3",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "4711",
                        "--ctx-size",
                        "8192",
                        "--jinja");
    }

    @Test
    void whatHasNoValueIsLeftOutOfAPreset() {
        assertThat(words(Map.of("preset", "vllm", "model", "org/Model-7B")))
                .containsExactly(
                        "vllm",
                        "serve",
                        "org/Model-7B",
                        "--served-model-name",
                        "Model-7B",
                        "--host",
                        "127.0.0.1",
                        "--port",
                        "4711");
    }

    @Test
    void everyPresetOfTheCardIsThere() {
        List<String> options =
                TestContext.card(ManagedBinding.class).settings().entries().stream()
                        .filter(entry -> entry.name().equals("preset"))
                        .flatMap(entry -> entry.options().stream())
                        .toList();

        assertThat(Preset.all())
                .extracting(Preset::name)
                .containsExactlyElementsOf(options.subList(0, options.size() - 1));
        assertThat(options).last().isEqualTo("none");
    }

    @Test
    void theOperatorsOwnWordsAreReadAsAShellReadsThem() {
        assertThat(
                        words(
                                Map.of(
                                        "model", "m",
                                        "command",
                                                "'/opt/my server' --say \"a b\" --json {\"x\":1} c\\ d ''",
                                        "arguments", "--port {port}")))
                .containsExactly(
                        "/opt/my server",
                        "--say",
                        "a b",
                        "--json",
                        "{x:1}",
                        "c d",
                        "",
                        "--port",
                        "4711");
    }

    @Test
    void aMistakeIsNamed() {
        assertThatThrownBy(() -> words(Map.of("model", "m", "command", "x 'y")))
                .hasMessage("command: a quote ' that is not closed");
        assertThatThrownBy(() -> words(Map.of("model", "m", "command", "x {modle}")))
                .hasMessageContaining("{modle}; there are {model} {name} {port} {context}");
        assertThatThrownBy(() -> words(Map.of("model", "m", "command", "x {context}")))
                .hasMessageContaining("the setting context has no value");
        assertThatThrownBy(() -> words(Map.of("model", "m", "preset", "none")))
                .hasMessageContaining("name a preset or write the command line");
    }

    private List<String> words(Map<String, ?> settings) {
        try (TestContext context =
                TestContext.of(new ManagedBinding()).settings(settings).build()) {
            return Server.of(context.config().as(ManagedSettings.class), folder).words(4711);
        }
    }
}
