package dev.bindery.binding.managed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Health;
import dev.bindery.api.Message;
import dev.bindery.api.ProgressListener;
import dev.bindery.fixture.Ear;
import dev.bindery.fixture.MockProvider;
import dev.bindery.fixture.TestCancellation;
import dev.bindery.fixture.TestContext;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With a server in a process of its own. */
class ManagedBindingTest {
    private static final Duration LOOK = Duration.ofMillis(10);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @TempDir Path folder;

    private TestContext context;
    private ManagedBinding binding;

    @AfterEach
    void stop() {
        if (binding != null) {
            binding.stop();
            context.close();
        }
    }

    @Test
    void aRequestWaitsUntilTheServerIsReady() {
        start("well", Map.of());

        assertThat(ask("hi")).startsWith("hello from ");
        assertThat(binding.health()).isEqualTo(Health.UP);
        assertThat(binding.listModels()).containsExactly("tiny");
    }

    @Test
    void aServerThatCallsItsModelByAPathIsAskedForItByName() {
        startWith("{model}", "well", Map.of());

        assertThat(ask("hi")).startsWith("hello from ");
        assertThat(binding.listModels()).containsExactly("tiny");
    }

    @Test
    void aServerThatEndedIsStartedAgain() {
        start("well", Map.of());
        String before = ask("hi");

        assertThatThrownBy(() -> ask("crash")).isInstanceOf(BindingException.class);
        await(() -> isNewAnswer(before));
        assertThat(binding.health()).isEqualTo(Health.UP);
    }

    @Test
    void aServerThatRunsAndAnswersNobodyIsShown() {
        start("well", Map.of());
        ask("hi");

        assertThatThrownBy(() -> ask("deaf")).isInstanceOf(BindingException.class);

        assertThat(binding.health().status()).isEqualTo("DEGRADED");
        assertThat(binding.listModels()).as("by its name, as long as").containsExactly("tiny");
        assertThat(binding.health().reason()).contains("cannot connect to");
    }

    @Test
    void aServerThatCannotStartIsSaidWithItsLastWordsAndCallersDoNotWaitForIt() {
        start("broken", Map.of("max_restart_wait", 3600.0));

        await(() -> tried("hi").contains("planet"));

        assertThatThrownBy(() -> ask("hi"))
                .hasMessageContaining("exit code 7")
                .hasMessageContaining("no such model on this planet")
                .satisfies(e -> {
                    assertThat(((BindingException) e).code())
                            .isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
                    assertThat(((BindingException) e).retryAfter()).isPresent();
                });
        assertThat(binding.health().toString()).contains("exit code 7");
        assertThat(binding.listModels()).containsExactly("tiny");
    }

    /** The server is gone when much of what it printed is still to be read. */
    @Test
    void theFirstFailureAlreadyTellsTheLastWords() {
        start(Map.of("command", "sh -c 'seq 1 12000; echo out of planets; echo; exit 7'"));

        assertThatThrownBy(() -> ask("hi"))
                .hasMessage("the server ended with exit code 7; it said last: out of planets");
    }

    @Test
    void aPortThatAnotherProgramHasIsNotTakenForTheServer() throws Exception {
        try (MockProvider other = new MockProvider()) {
            other.answers(200, "{\"data\": []}");
            int port = other.server().getPort();
            start(Map.of("command", "sleep 600", "port", port));

            assertThatThrownBy(() -> ask("hi"))
                    .hasMessageContaining("port %d cannot be used".formatted(port));
            assertThat(other.server().getRequestCount()).isZero();
        }
    }

    @Test
    void aProgramThatIsNotThereIsSaidByItsName() {
        start(Map.of("command", "no-such-program-here --port {port}"));

        await(() -> tried("hi").contains("no-such-program-here"));
        assertThatThrownBy(() -> ask("hi")).hasMessageContaining("cannot be started");
    }

    @Test
    void whatTheServerStartedEndsWithIt() throws Exception {
        start("parent", Map.of());
        ask("hi");
        long child = Long.parseLong(Files.readString(folder.resolve("data").resolve("child.pid")));
        assertThat(ProcessHandle.of(child)).isPresent();

        binding.stop();

        await(() -> ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void whatACrashedServerLeftBehindEndsToo() throws Exception {
        start("parent", Map.of());
        ask("hi");
        long child = Long.parseLong(Files.readString(folder.resolve("data").resolve("child.pid")));
        ProcessHandle left = ProcessHandle.of(child).orElseThrow();

        assertThatThrownBy(() -> ask("crash")).isInstanceOf(BindingException.class);

        await(() -> !left.isAlive());
    }

    @Test
    void theKeyIsSentAndNotOnTheCommandLine() {
        start(
                "well",
                Map.of(
                        "api_key",
                        "key-123456",
                        "environment",
                        Map.of("FAKE_API_KEY", "key-123456")));

        assertThat(ask("hi")).startsWith("hello from ");
        assertThat(
                        ProcessHandle.current()
                                .children()
                                .flatMap(child -> child.info().commandLine().stream()))
                .noneMatch(line -> line.contains("key-123456"));
    }

    @Test
    void aRestartMakesANewProcess() throws Exception {
        start("well", Map.of());
        String before = ask("hi");

        binding.execute("restart", Map.of(), ProgressListener.IGNORE);
        await(() -> isNewAnswer(before));
    }

    @Test
    void theLastLinesOfTheServerCanBeRead() throws Exception {
        start("well", Map.of());
        ask("hi");

        assertThat(binding.execute("output", Map.of(), ProgressListener.IGNORE).toString())
                .contains("fake server of");
    }

    @Test
    void aCancelledRequestDoesNotWaitForTheServer() {
        start(Map.of("command", "sleep 600"));
        TestCancellation cancellation = new TestCancellation();
        Thread.ofVirtual()
                .start(() -> {
                    await(() -> cancellation.waiting() > 0);
                    cancellation.cancel();
                });

        assertThatThrownBy(() ->
                        binding.generate(
                                request("hi").toBuilder().cancellation(cancellation).build(),
                                new Ear()))
                .extracting("code")
                .isEqualTo(ErrorCode.CANCELLED);
    }

    private void start(String behaviour, Map<String, ?> settings) {
        startWith("{name}", behaviour, settings);
    }

    private void startWith(String name, String behaviour, Map<String, ?> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Path classes = Path.of(URI.create(location()));
        all.put(
                "command",
                "'%s' -XX:TieredStopAtLevel=1 -cp '%s' %s {port} %s %s"
                        .formatted(java, classes, FakeServer.class.getName(), name, behaviour));
        start(all);
    }

    private static String location() {
        return FakeServer.class.getProtectionDomain().getCodeSource().getLocation().toString();
    }

    private void start(Map<String, ?> settings) {
        Map<String, Object> all = new LinkedHashMap<>(Map.of("model", "/models/tiny.gguf"));
        all.putAll(settings);
        context = TestContext.of(new ManagedBinding()).folder(folder).settings(all).build();
        binding = context.start(new ManagedBinding());
    }

    private String ask(String text) {
        return binding.generate(request(text), new Ear()).text();
    }

    private boolean isNewAnswer(String before) {
        String now = tried("hi");
        return now.startsWith("hello from ") && !now.equals(before);
    }

    /** The answer, or what the failure says. */
    private String tried(String text) {
        try {
            return ask(text);
        } catch (BindingException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static GenerationRequest request(String text) {
        return GenerationRequest.chat("tiny", List.of(Message.user(text))).build();
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("that did not come true in " + PATIENCE);
            }
            LockSupport.parkNanos(LOOK.toNanos());
        }
    }
}
