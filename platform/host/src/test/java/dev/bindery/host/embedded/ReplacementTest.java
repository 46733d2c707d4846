package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Jars that are overwritten, removed, shadowed and reloaded while others use them. */
class ReplacementTest {
    @TempDir Path folder;
    private Path bundled;
    private HostHome home;

    @BeforeEach
    void start() throws IOException {
        bundled = Files.createDirectory(folder.resolve("bundled"));
        BindingJar.answering("own", "1.0.0", "bundled").writeTo(bundled.resolve("own.jar"));
        startAgain();
    }

    private void startAgain() {
        HostOptions options = HostOptions.of(folder.resolve("home")).withBundled(bundled);
        home = new HostHome(EmbeddedHost.start(options), folder);
        home.host().awaitSettled();
    }

    @AfterEach
    void stop() {
        home.host().close(Duration.ZERO);
    }

    private Path dropFolder() {
        return home.host().home().bindings();
    }

    private List<BindingState> states(String id) {
        return home.host().bindings().list().stream()
                .filter(status -> status.id().equals(id))
                .map(BindingStatus::state)
                .toList();
    }

    /** An answer that stays open after its first word. */
    private static final class OpenAnswer {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch goOn = new CountDownLatch(1);
        private final CompletableFuture<String> text = new CompletableFuture<>();

        OpenAnswer(HostHome home, String model) throws InterruptedException {
            Thread.startVirtualThread(() -> {
                try {
                    text.complete(
                            home.host()
                                    .models()
                                    .generate(HostHome.request(model), _ -> waits())
                                    .text());
                } catch (RuntimeException e) {
                    text.completeExceptionally(e);
                }
            });
            begun.await();
        }

        private boolean waits() {
            begun.countDown();
            try {
                return goOn.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                return false;
            }
        }

        String finish() throws Exception {
            goOn.countDown();
            return text.get(30, TimeUnit.SECONDS);
        }
    }

    @Test
    void aRunningAnswerOfTheOldVersionEndsProperlyAlsoWhenItsJarIsRemoved() throws Exception {
        home.install(BindingJar.answering("hi", "1.0.0", "the old answer"));
        OpenAnswer first = new OpenAnswer(home, "hi/m");
        home.install(BindingJar.answering("hi", "2.0.0", "the new answer"));
        assertThat(home.ask("hi/m")).isEqualTo("the new answer");
        OpenAnswer second = new OpenAnswer(home, "hi/m");
        home.host().bindings().uninstall("hi");
        assertThatThrownBy(() -> home.ask("hi/m")).hasMessageContaining("there are: own/m");
        assertThat(first.finish()).isEqualTo("the old answer");
        assertThat(second.finish()).isEqualTo("the new answer");
    }

    @Test
    void twoHundredReloadsUnderLoadFailNoCallAndLeaveNothingBehind() throws Exception {
        home.install(BindingJar.answering("hi", "1.0.0", "steady answer"));
        AtomicBoolean over = new AtomicBoolean();
        AtomicLong answered = new AtomicLong();
        List<CompletableFuture<Void>> callers =
                List.of(1, 2, 3).stream()
                        .map(_ ->
                                CompletableFuture.runAsync(
                                        () -> {
                                            while (!over.get()) {
                                                assertThat(home.ask("hi/m"))
                                                        .isEqualTo("steady answer");
                                                answered.incrementAndGet();
                                            }
                                        },
                                        task -> Thread.ofVirtual().start(task)))
                        .toList();
        for (int i = 0; i < 200; i++) {
            home.host().bindings().reload("hi");
        }
        over.set(true);
        for (var caller : callers) {
            caller.get(30, TimeUnit.SECONDS);
        }
        assertThat(answered).hasValueGreaterThan(200);
        assertThat(home.binding("hi").generation()).isEqualTo(201);
        Wait.until(
                "every old loader is collected",
                () -> {
                    System.gc();
                    return home.host().uncollected().isEmpty();
                });
        Wait.until(
                "only the threads of the last generation are left",
                () ->
                        Thread.getAllStackTraces().keySet().stream()
                                .map(Thread::getName)
                                .noneMatch(name ->
                                        name.startsWith("hi#") && !name.startsWith("hi#201")));
    }

    @Test
    void ofTwoJarsOfOneIdTheHigherVersionServesAndTheOtherComesBack() throws IOException {
        BindingJar.answering("hi", "1.9.0", "older").writeTo(dropFolder().resolve("a.jar"));
        BindingJar.answering("hi", "1.10.0", "newer").writeTo(dropFolder().resolve("b.jar"));
        Wait.until("the newer serves", () -> home.answers("hi/m", "newer"));
        Wait.until(
                "one is active and one shadowed",
                () ->
                        Set.copyOf(states("hi"))
                                .equals(Set.of(BindingState.ACTIVE, BindingState.SHADOWED)));
        Files.delete(dropFolder().resolve("b.jar"));
        Wait.until("the older serves", () -> home.answers("hi/m", "older"));
        Wait.until("it is alone", () -> states("hi").equals(List.of(BindingState.ACTIVE)));
    }

    @Test
    void theOperatorsJarWinsOverABundledOneWhichUninstallMasks() throws IOException {
        assertThat(home.ask("own/m")).isEqualTo("bundled");
        home.install(BindingJar.answering("own", "0.1.0", "the operator's"));
        assertThat(home.ask("own/m")).isEqualTo("the operator's");
        assertThat(states("own"))
                .containsExactlyInAnyOrder(BindingState.ACTIVE, BindingState.SHADOWED);
        home.host().bindings().uninstall("own");
        assertThat(home.host().bindings().find("own")).isEmpty();
        assertThat(bundled.resolve("own.jar")).exists();
        home.host().close();
        startAgain();
        assertThat(home.host().bindings().find("own")).isEmpty();
        home.host().bindings().install(bundled.resolve("own.jar"));
        assertThat(home.ask("own/m")).isEqualTo("bundled");
    }

    @Test
    void aBundledFileThatCannotBeReadIsNotRemoved() throws IOException {
        Path wrong = Files.writeString(bundled.resolve("wrong.jar"), "no zip");
        Wait.until("it is seen", () -> home.host().bindings().find("wrong").isPresent());
        assertThatThrownBy(() -> home.host().bindings().uninstall("wrong"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("belongs to the distribution");
        assertThat(wrong).exists();
    }

    @Test
    void aDisabledBindingStaysSoOverARestart() {
        home.install(BindingJar.answering("hi", "1.0.0", "x"));
        assertThat(home.host().bindings().disable("hi").state()).isEqualTo(BindingState.DISABLED);
        assertThatThrownBy(() -> home.host().bindings().reload("hi"))
                .hasMessageContaining("bindery enable hi");
        home.host().close();
        startAgain();
        assertThat(home.binding("hi").state()).isEqualTo(BindingState.DISABLED);
        assertThat(home.host().bindings().enable("hi").state()).isEqualTo(BindingState.ACTIVE);
        assertThat(home.ask("hi/m")).isEqualTo("x");
    }

    @Test
    void anExclusiveBindingIsStoppedBeforeItsSuccessorStartsAndComesBackIfThatFails() {
        String body =
                """
                java.nio.file.Path lock;
                public void start(BindingContext c) throws Exception {
                    lock = c.dataDirectory().resolve("lock");
                    java.nio.file.Files.createFile(lock);
                    if (%s) { stop(); throw new IllegalStateException("not today"); }
                }
                public void stop() throws java.io.IOException { java.nio.file.Files.delete(lock); }
                public List<String> listModels() { return List.of("m"); }
                public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                    return GenerationResult.of("%s");
                }
                """;
        home.install(exclusive("1.0.0", body.formatted("false", "one")));
        assertThat(home.ask("solo/m")).isEqualTo("one");
        home.install(exclusive("2.0.0", body.formatted("true", "two")));
        assertThat(home.binding("solo").reason())
                .contains("version 2.0.0 was refused", "not today");
        assertThat(home.ask("solo/m")).isEqualTo("one");
        home.install(exclusive("3.0.0", body.formatted("false", "three")));
        assertThat(home.ask("solo/m")).isEqualTo("three");
        home.configure("solo", "word", "x");
        assertThat(home.ask("solo/m")).isEqualTo("three");
    }

    private static BindingJar exclusive(String version, String body) {
        return BindingJar.of("solo", version, body)
                .text(
                        "config.yaml",
                        BindingJar.card(
                                "solo",
                                version,
                                "swap: exclusive\nsettings: [{name: word, type: str}]"));
    }

    @Test
    void aStateThatCannotBeWrittenHoldsUpNoBindingButIsSaidToTheOperator() throws IOException {
        home.install(BindingJar.answering("hi", "1.0.0", "x"));
        Path state = home.host().home().state().resolve("host.json");
        Files.delete(state);
        Files.createDirectories(state.resolve("in-the-way"));
        home.install(BindingJar.answering("late", "1.0.0", "served"));
        assertThat(home.ask("late/m")).isEqualTo("served");
        assertThatThrownBy(() -> home.host().bindings().disable("hi"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("the state cannot be written to " + state);
        assertThat(home.events())
                .contains("notification/warning host the state cannot be written to " + state);
        assertThat(home.ask("hi/m")).isEqualTo("x");
    }
}
