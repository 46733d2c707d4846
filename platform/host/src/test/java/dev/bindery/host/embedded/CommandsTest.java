package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonValue;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandsTest {
    private static final String COMMANDS =
            """
            commands:
              - name: greet
                help: "Says hello"
                parameters:
                  - {name: who, type: str, required: true}
                  - {name: times, type: int, value: 1, min: 1, max: 3}
              - {name: fail, help: "Fails", parameters: []}
            """;

    @TempDir Path folder;
    private HostHome home;

    @BeforeEach
    void start() throws Exception {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
        home.install(
                BindingJar.of(
                                "polite",
                                "1.0.0",
                                """
                                public List<String> listModels() { return List.of("m"); }
                                public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                                    return GenerationResult.of("hi");
                                }
                                public JsonValue execute(String command, Map<String, JsonValue> a, ProgressListener l) {
                                    if (command.equals("fail")) throw BindingException.invalidRequest("not today");
                                    return JsonValue.of("hello " + a.get("who") + " x" + a.get("times"));
                                }
                                """)
                        .text("config.yaml", BindingJar.card("polite", "1.0.0", COMMANDS)));
    }

    @AfterEach
    void stop() {
        home.host().close(Duration.ZERO);
    }

    private JsonValue run(String command, Map<String, JsonValue> arguments) {
        return home.host()
                .instances()
                .execute("polite", command, arguments, ProgressListener.IGNORE);
    }

    @Test
    void aButtonRunsTheCommandOfItsNameWithoutItsBeingDeclared() {
        home.install(
                BindingJar.of(
                                "pressed",
                                "1.0.0",
                                """
                                public List<String> listModels() { return List.of("m"); }
                                public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                                    return GenerationResult.of("hi");
                                }
                                public JsonValue execute(String command, Map<String, JsonValue> a, ProgressListener l) {
                                    return JsonValue.of(command + " " + a);
                                }
                                """)
                        .text(
                                "config.yaml",
                                BindingJar.card(
                                        "pressed",
                                        "1.0.0",
                                        "settings: [{name: refresh, type: btn, help: Ask anew}]")));

        assertThat(
                        home.host()
                                .instances()
                                .execute("pressed", "refresh", Map.of(), ProgressListener.IGNORE))
                .isEqualTo(JsonValue.of("refresh {}"));
        assertThat(home.binding("pressed").card().orElseThrow().commands())
                .singleElement()
                .satisfies(command -> assertThat(command.help()).isEqualTo("Ask anew"));
    }

    @Test
    void whoeverPullsWhatIsNotThereHearsWhatCanBePulled() {
        home.install(
                BindingJar.of(
                                "store",
                                "1.0.0",
                                """
                                public List<String> listModels() { return List.of("old"); }
                                public List<ModelInfo> availableModels() {
                                    return List.of(ModelInfo.of("old"),
                                            ModelInfo.builder("new").installed(false).build());
                                }
                                public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                                    return GenerationResult.of("hi");
                                }
                                """)
                        .text(
                                "config.yaml",
                                BindingJar.card(
                                        "store", "1.0.0", "capabilities: [chat, stream, pull]")));

        assertThatThrownBy(() -> home.host().models().pull("nosuch/x", ProgressListener.IGNORE))
                .hasMessage("model 'nosuch/x' not found; to be pulled there are: store/new");
    }

    @Test
    void aCommandGetsItsArgumentsWithTheDefaultsOfTheOthers() {
        assertThat(run("greet", Map.of("who", JsonValue.of("you"))))
                .isEqualTo(JsonValue.of("hello \"you\" x1"));
        assertThat(run("greet", Map.of("who", JsonValue.of("a"), "times", JsonValue.of("2"))))
                .as("a number may come as it was typed")
                .isEqualTo(JsonValue.of("hello \"a\" x2"));
    }

    @Test
    void whatTheCardDoesNotDeclareIsRefused() {
        assertThatThrownBy(() -> run("great", Map.of()))
                .isInstanceOf(HostException.class)
                .hasMessage("polite has no command great; there are: greet, fail");
        assertThatThrownBy(() -> run("greet", Map.of()))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("greet needs who");
        assertThatThrownBy(() ->
                        run("greet", Map.of("who", JsonValue.of("a"), "times", JsonValue.of(9))))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("times");
        assertThatThrownBy(() ->
                        home.host()
                                .instances()
                                .execute("nobody", "greet", Map.of(), ProgressListener.IGNORE))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("nobody");
    }

    @Test
    void whatTheBindingSaysReachesTheCaller() {
        assertThatThrownBy(() -> run("fail", Map.of()))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("not today");
    }
}
