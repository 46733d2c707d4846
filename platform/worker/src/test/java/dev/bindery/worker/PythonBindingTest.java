package dev.bindery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.JsonValue;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.Part;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Event;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceChange;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.ServedModel;
import dev.bindery.host.embedded.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A binding in Python, which knows the protocol's description only, served as any other. */
@Timeout(180)
class PythonBindingTest {
    @TempDir static Path folder;

    static Host host;

    @BeforeAll
    static void start() throws IOException {
        Assumptions.assumeTrue(
                isThere(), "python3 of version 3.10 or later is not on the PATH of this machine");
        host = EmbeddedHost.start(HostOptions.of(folder.resolve("home")));
        BindingStatus parrot =
                host.bindings().install(HostedJar.ofParrot().writeTo(folder.resolve("parrot.jar")));
        assertThat(parrot.state()).as(parrot.reason()).isEqualTo(BindingState.ACTIVE);
    }

    @AfterAll
    static void stop() {
        if (host != null) {
            host.close(Duration.ZERO);
        }
    }

    @Test
    void aChatIsStreamedPieceByPiece() {
        List<String> pieces = new ArrayList<>();

        GenerationResult result = generate("you there 漢 😀", pieces);

        assertThat(pieces).containsExactly("hello", " you", " there", " 漢", " 😀", "");
        assertThat(result.text()).isEqualTo("hello you there 漢 😀");
        assertThat(result.usage().orElseThrow().inputTokens()).isPresent();
    }

    @Test
    void aPromptIsAnsweredToo() {
        assertThat(
                        host.models()
                                .generate(
                                        GenerationRequest.prompt("parrot/grey", "on").build(),
                                        _ -> true)
                                .text())
                .isEqualTo("hello on");
    }

    @Test
    void manyCallsAtOnceKeepTheirAnswersApart() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 32; i++) {
                String text = "caller " + i;
                calls.add(() -> generate(text, new ArrayList<>()).text());
            }
            List<Future<String>> answers = callers.invokeAll(calls);
            for (int i = 0; i < 32; i++) {
                assertThat(answers.get(i).get()).isEqualTo("hello caller " + i);
            }
        }
    }

    @Test
    void itsModelsAreServed() {
        assertThat(host.models().models())
                .extracting(ServedModel::id)
                .contains("parrot/grey", "parrot/green");
        assertThat(host.models().resolve("parrot/grey").info().contextLength()).hasValue(4096);
    }

    @Test
    void operationsOfOtherTypesCross() {
        List<Operation> thought = operations("think so");
        assertThat(thought).extracting(Operation::type).startsWith(OperationType.REASONING);
        assertThat(thought.get(1).text()).isEqualTo("so");

        Operation tool = operations("tool look").getFirst();
        assertThat(tool.toolCall().orElseThrow().name()).contains("look");
    }

    @Test
    void imagesCrossBothWays() throws IOException {
        byte[] image = new byte[200_000];
        image[0] = 7;
        List<Part> parts = List.of(TextPart.of("turn"), MediaPart.of(Blob.of("image/png", image)));
        List<Operation> operations = new ArrayList<>();

        host.models()
                .generate(
                        GenerationRequest.chat(
                                        "parrot/green", List.of(Message.of(Role.USER, parts)))
                                .build(),
                        operations::add);

        byte[] turned = operations.getFirst().media().orElseThrow().blob().orElseThrow().bytes();
        assertThat(turned).hasSize(image.length);
        assertThat(turned[image.length - 1]).isEqualTo((byte) 7);
    }

    @Test
    void aCallIsCancelled() {
        CancellationSource cancellation = new CancellationSource();
        Thread.ofVirtual()
                .start(() -> {
                    Await.until(() -> told("the parrot waits"));
                    cancellation.cancel();
                });

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() ->
                        host.models()
                                .generate(
                                        request("wait").toBuilder()
                                                .cancellation(cancellation)
                                                .build(),
                                        _ -> true))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        Await.until(() -> told("the parrot was cancelled"));
    }

    @Test
    void errorsKeepWhatTheySay() {
        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> generate("refuse not now", new ArrayList<>()))
                .withMessageContaining("not now")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED))
                .satisfies(e -> assertThat(e.retryAfter()).hasValue(Duration.ofSeconds(2)))
                .satisfies(e -> assertThat(e.upstreamStatus()).hasValue(429));
        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> generate("fail", new ArrayList<>()))
                .withMessageContaining("ZeroDivisionError")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
    }

    @Test
    void vectorsAndTokensCross() {
        assertThat(
                        host.models()
                                .embed(EmbeddingRequest.of("parrot/green", List.of("a", "bcd")))
                                .vectors())
                .containsExactly(new float[] {1, -0.5f}, new float[] {3, -0.5f});
        assertThat(host.models().tokenize("parrot/grey", "é!")).containsExactly('é', '!');
        assertThat(host.models().detokenize("parrot/grey", new int[] {'h', 'i'})).isEqualTo("hi");
        assertThat(host.models().countTokens(request("four")).tokens()).isEqualTo(4);
    }

    @Test
    void itAsksItsHost() {
        assertThat(generate("ask sing", new ArrayList<>()).text())
                .matches("\\d+ models; this host does not offer sing");
    }

    @Test
    void whatItTellsReachesTheEvents() {
        assertThat(told("the parrot is awake as parrot")).isTrue();
    }

    @Test
    void itsEnvironmentIsNotTheHosts() {
        assertThat(System.getenv()).containsKey("HOME");
        assertThat(generate("secret", new ArrayList<>()).text())
                .contains("'TMPDIR'")
                .doesNotContain("'HOME'");
    }

    @Test
    void settingsAreTakenLiveByAFreshChildOrNotAtAll() throws IOException {
        install("Second");
        long child = pid("second");

        set("good day");
        assertThat(answer("second/grey", "x")).isEqualTo("good day x");
        assertThat(alive(child)).isTrue();

        set("fresh");
        assertThat(answer("second/grey", "x")).isEqualTo("fresh x");
        Await.until(() -> !alive(child));

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> set("refuse"))
                .withMessageContaining("this parrot wants another greeting");
        assertThat(answer("second/grey", "x")).isEqualTo("fresh x");

        Health well = set("well again").health();
        assertThat(well.status()).isEqualTo("UP");
        assertThat(set("cough").health().reason()).isEqualTo("a cold");
    }

    @Test
    void itsMemoryIsBoundedWhereTheOperatorSaysSo() throws IOException {
        install("Eater");
        assertThat(answer("eater/grey", "eat 1500")).isEqualTo("ate 1572864000");

        InstanceStatus bounded =
                host.instances()
                        .configure(
                                "eater",
                                InstanceChange.placement(Optional.empty(), Optional.of("1g")));

        assertThat(bounded.placement().memory()).hasValue("1g");
        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> answer("eater/grey", "eat 1500"))
                .withMessageContaining("MemoryError");
        assertThat(answer("eater/grey", "x")).isEqualTo("hello x");
    }

    @Test
    void aCrashIsUnavailableAndTheNextCallWorks() {
        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> generate("crash", new ArrayList<>()))
                .withMessageContaining("exit code 7")
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE));
        Await.until(() -> told("the binding's process runs again"));
        assertThat(generate("again", new ArrayList<>()).text()).isEqualTo("hello again");
    }

    @Test
    void itEndsWithWhatItStartedWhenItsJarIsRemoved() throws IOException {
        install("Third");
        long child = pid("third");

        host.bindings().uninstall("third");

        Await.until(() -> !alive(child));
    }

    private static void install(String name) throws IOException {
        String card = HostedJar.ofParrot().card().replace("name: Parrot", "name: " + name);
        BindingStatus status =
                host.bindings()
                        .install(
                                HostedJar.ofParrot()
                                        .card(card)
                                        .writeTo(folder.resolve(name + ".jar")));
        assertThat(status.state()).as(status.reason()).isEqualTo(BindingState.ACTIVE);
    }

    private static InstanceStatus set(String greeting) {
        return host.instances()
                .configure(
                        "second",
                        InstanceChange.settings(Map.of("greeting", JsonValue.of(greeting))));
    }

    private static GenerationRequest request(String text) {
        return GenerationRequest.chat("parrot/grey", List.of(Message.user(text))).build();
    }

    private static GenerationResult generate(String text, List<String> pieces) {
        return host.models().generate(request(text), o -> pieces.add(o.text()));
    }

    private static List<Operation> operations(String text) {
        List<Operation> operations = new ArrayList<>();
        host.models()
                .generate(
                        GenerationRequest.chat("parrot/green", List.of(Message.user(text))).build(),
                        operations::add);
        return operations;
    }

    private static String answer(String model, String text) {
        return host.models()
                .generate(
                        GenerationRequest.chat(model, List.of(Message.user(text))).build(),
                        _ -> true)
                .text();
    }

    /** A process that the binding has started, whose end tells that its group has ended. */
    private static long pid(String instance) {
        return Long.parseLong(answer(instance + "/grey", "spawn"));
    }

    private static boolean alive(long pid) {
        return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }

    private static boolean told(String message) {
        return host.events().after(0).stream().map(Event::message).anyMatch(m -> m.equals(message));
    }

    private static boolean isThere() {
        try {
            Process python =
                    new ProcessBuilder(
                                    "python3",
                                    "-c",
                                    "import sys; sys.exit(sys.version_info < (3, 10))")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            return python.waitFor(30, TimeUnit.SECONDS)
                    && Optional.of(python.exitValue()).filter(v -> v == 0).isPresent();
        } catch (IOException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
