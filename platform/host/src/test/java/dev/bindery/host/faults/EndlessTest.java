package dev.bindery.host.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.BindingState;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What never ends: calls, starts, stops, threads. Each ends when its test lets it. */
class EndlessTest {
    private static final String SPIN =
            "while (!java.nio.file.Files.exists(java.nio.file.Path.of(\"%s\"))) Thread.onSpinWait();";
    private static final String SLEEP =
            """
            while (!java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) {
                try { Thread.sleep(5); } catch (InterruptedException e) { }
            }\
            """;
    private static final String REST =
            """
            public List<String> listModels() { return List.of("m"); }
            public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return GenerationResult.of("fine"); }
            """;

    @TempDir static Path folder;
    @RegisterExtension static final FaultyHost faulty = new FaultyHost(() -> folder);

    /** Code that goes on until the file is there. */
    private static String until(String code, Path file) {
        return code.formatted(file);
    }

    private static Path newEnd() {
        return folder.resolve(faulty.newId() + ".end");
    }

    @ParameterizedTest
    @ValueSource(strings = {SPIN, SLEEP})
    void callsThatIgnoreEverythingAreLeftBehindAndCounted(String code) throws Exception {
        Path end = newEnd();
        String id =
                faulty.installGenerating(
                        until(code, end) + " return GenerationResult.of(\"late\");");
        List<CancellationSource> sources = new ArrayList<>();
        List<CompletableFuture<BindingException>> calls = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            CancellationSource source = new CancellationSource();
            sources.add(source);
            calls.add(called(id, source));
        }
        Wait.until("all run", () -> faulty.home().instance(id).activeCalls() == 8);
        sources.forEach(CancellationSource::cancel);
        for (CompletableFuture<BindingException> call : calls) {
            assertThat(call.get().code()).isEqualTo(ErrorCode.CANCELLED);
        }
        Wait.until(
                "they count as stuck",
                () -> faulty.home().events().contains(id + " a call ignores"));
        Files.createFile(end);
        Wait.until("they have ended", () -> faulty.home().instance(id).activeCalls() == 0);
    }

    private static CompletableFuture<BindingException> called(
            String id, CancellationSource source) {
        CompletableFuture<BindingException> failure = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                faulty.host()
                        .models()
                        .generate(
                                HostHome.request(id + "/m").toBuilder()
                                        .cancellation(source)
                                        .build(),
                                _ -> true);
                failure.completeExceptionally(new AssertionError("it answered"));
            } catch (BindingException e) {
                failure.complete(e);
            }
        });
        return failure;
    }

    @ParameterizedTest
    @ValueSource(strings = {SPIN, SLEEP})
    void aStartThatNeverReturnsIsGivenUp(String code) throws Exception {
        Path end = newEnd();
        String id =
                faulty.install(
                        "public void start(BindingContext c) { " + until(code, end) + " }" + REST);
        assertThat(faulty.status(id).state()).isEqualTo(BindingState.FAILED);
        assertThat(faulty.status(id).reason()).contains("start did not return within 1 s");
        Files.createFile(end);
    }

    @Test
    void aStopThatNeverReturnsHoldsUpNoSuccessor() throws Exception {
        Path end = newEnd();
        String id = faulty.newId();
        faulty.home()
                .install(
                        BindingJar.of(
                                id,
                                "1.0.0",
                                "public void stop() { " + until(SLEEP, end) + " }" + REST));
        faulty.home().install(BindingJar.answering(id, "2.0.0", "successor"));
        assertThat(faulty.home().ask(id + "/m")).isEqualTo("successor");
        Wait.until(
                "it is said",
                () ->
                        faulty.home()
                                .events()
                                .contains("did not stop properly: stop did not return within"));
        Files.createFile(end);
    }

    @ParameterizedTest
    @ValueSource(strings = {"listModels", "availableModels"})
    void listsThatNeverComeLeaveTheCallsAlone(String method) throws Exception {
        Path end = newEnd();
        boolean plain = method.equals("listModels");
        String id = faulty.newId();
        faulty.home()
                .install(
                        BindingJar.of(
                                        id,
                                        "1.0.0",
                                        """
                                        public List<%s> %s() { %s return List.of(); }
                                        %s
                                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return GenerationResult.of("fine"); }
                                        """
                                                .formatted(
                                                        plain ? "String" : "ModelInfo",
                                                        method,
                                                        until(SLEEP, end),
                                                        plain
                                                                ? ""
                                                                : "public List<String> listModels() { return List.of(\"m\"); }"))
                                .text("config.yaml", BindingJar.card(id, "1.0.0", "models: open")));
        assertThat(faulty.status(id).state()).isEqualTo(BindingState.ACTIVE);
        assertThat(faulty.home().ask(id + "/m")).isEqualTo("fine");
        Files.createFile(end);
    }

    @Test
    void settingsAndHealthThatNeverReturnAreGivenUp() throws Exception {
        Path end = newEnd();
        String id = faulty.newId();
        faulty.home()
                .install(
                        BindingJar.of(
                                        id,
                                        "1.0.0",
                                        """
                                        public boolean settingsUpdated(TypedConfig updated) { %1$s return true; }
                                        public Health health() { %1$s return Health.UP; }
                                        """
                                                        .formatted(until(SLEEP, end))
                                                + REST)
                                .text(
                                        "config.yaml",
                                        BindingJar.card(
                                                id,
                                                "1.0.0",
                                                "settings: [{name: word, type: str}]")));
        assertThat(faulty.home().instance(id).health().reason())
                .isEqualTo("health() does not return");
        assertThatThrownBy(() -> faulty.home().configure(id, "word", "new"))
                .hasMessageContaining("settingsUpdated did not return within 1 s")
                .hasMessageContaining("nothing was changed");
        assertThat(faulty.home().ask(id + "/m")).isEqualTo("fine");
        Files.createFile(end);
    }

    @Test
    void threadsAndTimersThatAreNeverEndedOutliveTheirBindingAndHarmNobody() throws Exception {
        Path end = newEnd();
        String id =
                faulty.install(
                        """
                        public void start(BindingContext c) {
                            for (int i = 0; i < 50; i++) {
                                Thread thread = new Thread(() -> { %s });
                                thread.setDaemon(true);
                                thread.start();
                            }
                            Timer timer = new Timer(true);
                            timer.schedule(new TimerTask() { public void run() {
                                if (java.nio.file.Files.exists(java.nio.file.Path.of("%s"))) timer.cancel();
                            } }, 1, 1);
                        }
                        """
                                        .formatted(until(SLEEP, end), end)
                                + REST);
        assertThat(faulty.home().ask(id + "/m")).isEqualTo("fine");
        faulty.home().uninstall(id);
        Wait.until(
                "it is unloaded, and held",
                () ->
                        faulty.host().uncollected().stream()
                                .anyMatch(name -> name.startsWith(id + "#")));
        Files.createFile(end);
        Wait.until("it is collected then", () -> faulty.home().isCollected(id));
    }
}
