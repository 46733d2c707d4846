package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.Message;
import dev.bindery.host.Event;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Models that nobody asks for are freed after a while, and loaded again by the next call. */
class IdleModelsTest {
    /** Loads what is asked; says how often; refuses to be freed in the middle of a call. */
    private static final BindingJar LOADING =
            BindingJar.of(
                    "loads",
                    "1.0.0",
                    """
                    final Map<String, Integer> running = new java.util.concurrent.ConcurrentHashMap<>();
                    volatile int loads;
                    volatile boolean released;
                    public List<String> listModels() { return List.of("m", "n"); }
                    public void buildModel(String model) { if (running.putIfAbsent(model, 0) == null) loads++; }
                    public List<LoadedModel> loadedModels() { return running.keySet().stream().map(LoadedModel::of).toList(); }
                    public void destroyModel(String model) {
                        if (running.getOrDefault(model, 0) > 0) error("freed in the middle of a call");
                        running.remove(model);
                    }
                    public GenerationResult generate(GenerationRequest r, GenerationCallback c) throws Exception {
                        buildModel(r.model());
                        running.merge(r.model(), 1, Integer::sum);
                        try {
                            if (r.maxTokens().isPresent()) while (!released) Thread.sleep(5);
                            released = true;
                            return GenerationResult.of("loaded " + loads);
                        } finally {
                            running.merge(r.model(), -1, Integer::sum);
                        }
                    }
                    """);

    @TempDir Path folder;
    private HostHome home;

    @BeforeEach
    void start() {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
        home.install(LOADING);
    }

    @AfterEach
    void stop() {
        home.host().close(Duration.ZERO);
    }

    private void unloadAfter(Object seconds) {
        home.host()
                .instances()
                .configure(
                        "loads",
                        new InstanceChange(
                                Optional.empty(),
                                Map.of(),
                                Optional.empty(),
                                Optional.empty(),
                                Map.of(),
                                Map.of("unload_after_s", JsonValue.of(seconds))));
    }

    private List<String> loaded() {
        return home.host().models().loaded().get("loads").stream().map(LoadedModel::name).toList();
    }

    private static GenerationRequest.Builder request(String model) {
        return GenerationRequest.chat("loads/" + model, List.of(Message.user("hello")));
    }

    @Test
    void aModelIsFreedAndAnEventTellsIt() {
        assertThat(home.ask("loads/m")).isEqualTo("loaded 1");
        unloadAfter(1);
        assertThat(home.instance("loads").limits().unloadAfter()).hasValue(Duration.ofSeconds(1));
        Wait.until("it is freed", () -> loaded().isEmpty());
        Wait.until("it is told", () -> home.events().contains("model/UNLOADED loads/m nobody has"));
        Event told =
                home.host().events().after(0).stream()
                        .filter(event -> event.topic().equals("model/UNLOADED"))
                        .findFirst()
                        .orElseThrow();
        assertThat(told.instance()).hasValue("loads");
        assertThat(told.binding()).hasValue("loads");
        assertThat(home.ask("loads/m")).as("the next call loads it again").isEqualTo("loaded 2");
    }

    @Test
    void aModelWithACallStays() throws Exception {
        unloadAfter(1);
        CompletableFuture<String> call =
                CompletableFuture.supplyAsync(() ->
                        home.host()
                                .models()
                                .generate(request("m").maxTokens(1).build(), _ -> true)
                                .text());
        home.host().models().load("loads/n");
        Wait.until("the other one is freed", () -> loaded().equals(List.of("m")));
        home.ask("loads/n");
        assertThat(call.get(30, TimeUnit.SECONDS)).isEqualTo("loaded 3");
        Wait.until("both are freed", () -> loaded().isEmpty());
        assertThat(home.events()).doesNotContain("in the middle of a call");
    }

    @Test
    void aRequestSaysHowLongItsModelIsToBeKept() {
        home.host().models().load("loads/n", Duration.ofSeconds(-1));
        home.host()
                .models()
                .generate(request("m").keepAlive(Duration.ofMillis(100)).build(), _ -> true);
        Wait.until("it is freed", () -> loaded().equals(List.of("n")));
        home.host().models().load("loads/m", Duration.ofHours(1));
        unloadAfter(1);
        assertThat(home.host().models().loaded().get("loads"))
                .as("the host says when it frees a model")
                .anySatisfy(model -> assertThat(model.expires()).isPresent());
        home.ask("loads/n");
        Wait.until("the limit holds again", () -> loaded().equals(List.of("m")));
    }
}
