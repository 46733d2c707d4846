package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.host.BindingState;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.artifact.Folders;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A version that turns out to be wrong is left for the one before it. */
class RollbackTest {
    private static final String FAULT = "throw new IllegalStateException(\"broken\");";

    @TempDir Path folder;
    private HostHome home;

    @BeforeEach
    void start() {
        home = new HostHome(EmbeddedHost.start(HostOptions.of(folder.resolve("home"))), folder);
        home.host().awaitSettled();
    }

    @AfterEach
    void stop() {
        home.host().close(Duration.ZERO);
    }

    private void restart() {
        stop();
        start();
    }

    private void installTwo() {
        home.install(BindingJar.answering("hi", "1.0.0", "one"));
        home.install(BindingJar.answering("hi", "2.0.0", "two"));
        assertThat(home.ask("hi/m")).isEqualTo("two");
    }

    private void fails(String model) {
        assertThatThrownBy(() -> home.ask(model)).isInstanceOf(BindingException.class);
    }

    private Path jar() {
        return home.host().home().bindings().resolve("hi.jar");
    }

    @Test
    void theOperatorGoesBackAndTheFileStaysAwayUntilItChanges() {
        installTwo();
        assertThat(home.host().bindings().rollback("hi").version()).isEqualTo("1.0.0");
        assertThat(home.ask("hi/m")).isEqualTo("one");
        assertThat(home.binding("hi").state()).isEqualTo(BindingState.ACTIVE);
        assertThat(home.binding("hi").reason())
                .isEqualTo(
                        "version 2.0.0 was rolled back to 1.0.0 by the operator; it is kept away until its file changes, or: bindery reload hi");
        assertThat(home.events()).contains("binding/ROLLED_BACK hi version 2.0.0");
        restart();
        assertThat(home.ask("hi/m")).isEqualTo("one");
        assertThat(home.binding("hi").reason()).contains("2.0.0 was rolled back");
        BindingJar.answering("hi", "3.0.0", "three").writeTo(jar());
        Wait.until("the next version serves", () -> home.answers("hi/m", "three"));
        Wait.until("nothing is said any more", () -> home.binding("hi").reason().isEmpty());
        assertThat(home.host().bindings().rollback("hi").version()).isEqualTo("1.0.0");
    }

    @Test
    void whatWasGoneBackToOutlivesTheCache() throws IOException {
        installTwo();
        home.host().bindings().rollback("hi");
        stop();
        Folders.delete(home.host().home().cache());
        start();
        assertThat(home.ask("hi/m")).isEqualTo("one");
    }

    @Test
    void theCacheMayBeDeletedWhileTheHostRuns() throws IOException {
        installTwo();
        Folders.delete(home.host().home().cache().resolve("generations"));
        assertThat(home.ask("hi/m")).isEqualTo("two");
        int before = home.binding("hi").generation();
        assertThat(home.host().bindings().reload("hi").generation()).isGreaterThan(before);
        assertThat(home.binding("hi").reason()).isEmpty();

        Folders.delete(home.host().home().cache().resolve("generations"));
        home.host().bindings().disable("hi");
        assertThat(home.host().bindings().enable("hi").state()).isEqualTo(BindingState.ACTIVE);
        assertThat(home.ask("hi/m")).isEqualTo("two");
    }

    @Test
    void soMayItAfterARollback() throws IOException {
        installTwo();
        home.host().bindings().rollback("hi");
        Folders.delete(home.host().home().cache().resolve("generations"));
        home.host().bindings().disable("hi");
        assertThat(home.host().bindings().enable("hi").version()).isEqualTo("1.0.0");
        assertThat(home.ask("hi/m")).isEqualTo("one");
    }

    @Test
    void aReloadGivesTheJarThatWasRolledBackAnotherChance() {
        installTwo();
        home.host().bindings().rollback("hi");
        assertThat(home.host().bindings().enable("hi").version()).isEqualTo("1.0.0");
        assertThat(home.host().bindings().reload("hi").version()).isEqualTo("2.0.0");
        restart();
        assertThat(home.ask("hi/m")).isEqualTo("two");
        assertThat(home.host().bindings().rollback("hi").version()).isEqualTo("1.0.0");
    }

    @Test
    void withNothingToGoBackToNothingChanges() {
        home.install(BindingJar.answering("hi", "1.0.0", "one"));
        assertThatThrownBy(() -> home.host().bindings().rollback("hi"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("hi cannot be rolled back: no earlier version");
        home.install(BindingJar.answering("hi", "2.0.0", "two"));
        home.host().bindings().rollback("hi");
        assertThatThrownBy(() -> home.host().bindings().rollback("hi"))
                .hasMessageContaining("it was rolled back itself");
        assertThat(home.ask("hi/m")).isEqualTo("one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"embed", "tokenize", "detokenize", "countTokens"})
    void theHostHearsEveryKindOfCallThatFailsByTheBindingsFault(String kind) {
        home.install(faulty("1.0.0", ""));
        home.install(
                faulty("2.0.0", "if (true) throw new NoClassDefFoundError(\"gone/Missing\");"));
        assertThat(home.ask("hi/m")).isEqualTo("2.0.0");
        home.install(
                faulty("3.0.0", "if (true) throw new NoClassDefFoundError(\"gone/Missing\");"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> call(kind)).hasMessageContaining("gone/Missing");
        }
        Wait.until(
                "it is rolled back",
                () -> home.binding("hi").reason().contains("3.0.0 was rolled"));
        assertThat(home.ask("hi/m")).isEqualTo("2.0.0");
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> call(kind)).hasMessageContaining("gone/Missing");
        }
        assertThat(home.ask("hi/m")).as("proven by an answer before").isEqualTo("2.0.0");
    }

    @Test
    void tokensThatAreCountedProveNothing() {
        home.install(faulty("1.0.0", ""));
        home.install(
                BindingJar.of(
                        "hi",
                        "2.0.0",
                        """
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                            throw new IllegalStateException("broken");
                        }
                        """));
        for (int i = 0; i < 3; i++) {
            call("countTokens");
            fails("hi/m");
        }
        Wait.until("it is rolled back", () -> home.answers("hi/m", "1.0.0"));
    }

    /** Answers with its version; everything else begins with the fault. */
    private static BindingJar faulty(String version, String fault) {
        return BindingJar.of(
                        "hi",
                        version,
                        """
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                            return GenerationResult.of("VERSION");
                        }
                        public EmbeddingResult embed(EmbeddingRequest r) throws Exception {
                            FAULT
                            return super.embed(r);
                        }
                        public int[] tokenize(String model, String text) {
                            FAULT
                            return new int[] {1};
                        }
                        public String detokenize(String model, int[] tokens) {
                            FAULT
                            return "";
                        }
                        public TokenCount countTokens(GenerationRequest r) {
                            FAULT
                            return TokenCount.exactly(1);
                        }
                        """
                                .replace("VERSION", version)
                                .replace("FAULT", fault))
                .text(
                        "config.yaml",
                        BindingJar.card(
                                "hi", version, "capabilities: [chat, embeddings, tokenize]"));
    }

    private Object call(String kind) {
        ModelRouter models = home.host().models();
        return switch (kind) {
            case "embed" -> models.embed(EmbeddingRequest.of("hi/m", List.of("text")));
            case "tokenize" -> models.tokenize("hi/m", "text");
            case "detokenize" -> models.detokenize("hi/m", new int[] {1});
            default -> models.countTokens(HostHome.request("hi/m"));
        };
    }

    @Test
    void aVersionThatDoesNotComeUpAnyMoreIsNotGoneBackTo() {
        home.install(
                BindingJar.of(
                        "hi",
                        "1.0.0",
                        """
                        public void start(BindingContext c) throws Exception {
                            java.nio.file.Files.createFile(c.dataDirectory().resolve("once"));
                        }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                            return GenerationResult.of("one");
                        }
                        """));
        home.install(BindingJar.answering("hi", "2.0.0", "two"));
        assertThatThrownBy(() -> home.host().bindings().rollback("hi"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("version 1.0.0 does not come up")
                .hasMessageContaining("version 2.0.0 goes on serving");
        assertThat(home.ask("hi/m")).isEqualTo("two");
        assertThat(home.binding("hi").reason()).isEmpty();
    }

    @Test
    void threeFaultsAndNoSuccessRollANewVersionBack() {
        home.install(BindingJar.answering("hi", "1.0.0", "one"));
        assertThat(home.ask("hi/m")).isEqualTo("one");
        home.install(BindingJar.generating("hi", "2.0.0", FAULT));
        fails("hi/m");
        fails("hi/m");
        assertThat(home.binding("hi").version()).isEqualTo("2.0.0");
        fails("hi/m");
        Wait.until("it is rolled back", () -> home.answers("hi/m", "one"));
        Wait.until(
                "it is said",
                () ->
                        home.binding("hi")
                                .reason()
                                .contains(
                                        "2.0.0 was rolled back to 1.0.0 by the host, since three calls failed"));
        assertThat(home.events()).contains("binding/ROLLED_BACK hi", "broken");
        restart();
        assertThat(home.ask("hi/m")).isEqualTo("one");
    }

    @Test
    void aLinkageErrorIsAFaultOfTheVersion() {
        home.install(BindingJar.answering("hi", "1.0.0", "one"));
        home.install(
                BindingJar.generating("hi", "2.0.0", "throw new NoClassDefFoundError(\"gone\");"));
        for (int i = 0; i < 3; i++) {
            fails("hi/m");
        }
        Wait.until("it is rolled back", () -> home.answers("hi/m", "one"));
    }

    @Test
    void anOutageOfTheProviderIsNoReason() {
        home.install(BindingJar.answering("hi", "1.0.0", "one"));
        home.install(
                BindingJar.generating(
                        "hi",
                        "2.0.0",
                        "throw new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, \"down\");"));
        for (int i = 0; i < 10; i++) {
            fails("hi/m");
        }
        home.host().awaitSettled();
        assertThat(home.binding("hi").version()).isEqualTo("2.0.0");
        assertThat(home.events()).doesNotContain("ROLLED_BACK");
    }

    @Test
    void aVersionThatHasAnsweredOnceIsNotRolledBackByTheHostNotEvenAfterARestart() {
        home.install(BindingJar.answering("hi", "1.0.0", "one"));
        home.install(
                BindingJar.generating(
                        "hi",
                        "2.0.0",
                        """
                        var once = context().dataDirectory().resolve("once");
                        if (java.nio.file.Files.exists(once)) throw new IllegalStateException("broken");
                        java.nio.file.Files.createFile(once);
                        return GenerationResult.of("two");
                        """));
        assertThat(home.ask("hi/m")).isEqualTo("two");
        for (int i = 0; i < 5; i++) {
            fails("hi/m");
        }
        restart();
        for (int i = 0; i < 5; i++) {
            fails("hi/m");
        }
        home.host().awaitSettled();
        assertThat(home.binding("hi").version()).isEqualTo("2.0.0");
    }

    @Test
    void aRefusalIsToldInTheWordsForWhatServesNow() {
        home.install(BindingJar.answering("hi", "1.0.0", "one"));
        home.install(BindingJar.answering("hi", "2.0.0", "two"));
        home.install(
                BindingJar.of(
                        "hi",
                        "3.0.0",
                        """
                        public void start(BindingContext c) { throw new Error("not today"); }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                            return GenerationResult.of("three");
                        }
                        """));
        assertThat(home.binding("hi").reason())
                .contains("version 3.0.0 was refused, version 2.0.0 goes on serving");

        home.host().bindings().rollback("hi");

        assertThat(home.ask("hi/m")).isEqualTo("one");
        assertThat(home.binding("hi").reason())
                .contains("version 3.0.0 was refused, version 1.0.0 goes on serving");
    }

    @Test
    void whatServedLastIsServedWhenTheFileWasBrokenWhileNoHostRan() throws IOException {
        home.install(BindingJar.answering("hi", "1.0.0", "one"));
        stop();
        Files.writeString(jar(), "PK and nothing more");
        start();
        assertThat(home.ask("hi/m")).isEqualTo("one");
        assertThat(home.binding("hi").reason()).contains("version 1.0.0 goes on serving");
        stop();
        BindingJar.answering("hi", "2.0.0", "never")
                .source(
                        "sample.Sample",
                        """
                        package sample;
                        import dev.bindery.api.*;
                        public class Sample extends LlmBinding {
                            public void start(BindingContext c) { throw new Error("not today"); }
                            public java.util.List<String> listModels() { return java.util.List.of("m"); }
                            public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                                return GenerationResult.of("never");
                            }
                        }
                        """)
                .writeTo(jar());
        start();
        assertThat(home.ask("hi/m")).isEqualTo("one");
        assertThat(home.binding("hi").reason())
                .contains("version 2.0.0 was refused, version 1.0.0 goes on serving", "not today");
        stop();
        Files.delete(jar());
        start();
        assertThat(home.host().bindings().find("hi")).isEmpty();
    }
}
