package dev.bindery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.process.JvmCommand;
import dev.bindery.host.process.ProcessBinding;
import dev.bindery.host.process.ProcessLimits;
import dev.bindery.host.process.StagedCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What goes wrong in a child stays there, and is over when the child is. */
@Timeout(120)
class CrashTest {
    @TempDir static Path jars;

    static Path jar;

    @TempDir Path folder;

    private Puppeteer puppeteer;
    private ProcessBinding puppet;

    @BeforeAll
    static void pack() throws IOException {
        jar = PuppetJar.in(jars);
    }

    @BeforeEach
    void start() {
        puppeteer = new Puppeteer(folder);
        puppet = binding(folder.resolve("scratch"));
        puppet.start(puppeteer);
    }

    @AfterEach
    void stop() {
        puppet.stop();
    }

    @ParameterizedTest
    @CsvSource({"halt 7, exit code 7", "exit 0, exit code 0", "exhaust, exit code 3"})
    void aCrashFailsTheCallsInFlightAndTheNextOnesWork(String order, String reason) {
        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> generate(order))
                .withMessageContaining(reason)
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE));

        Await.until(() -> puppet.health().reason().equals("tired"));
        assertThat(generate("say again").text()).isEqualTo("again");
    }

    @Test
    void whyItIsNotThereAndWhenItWillBeIsTold() {
        // Two crashes in a row make the wait for the third long enough to be seen.
        for (int crash = 0; crash < 3; crash++) {
            assertThatExceptionOfType(BindingException.class).isThrownBy(() -> generate("halt 9"));
        }

        // The call may hear of the end before the keeper does.
        Await.until(() ->
                puppeteer.told.stream()
                        .anyMatch(said ->
                                said.matches(
                                        "error the binding's process is not running: it ended with exit code 9; crash 3 in a row, it is started again in 0\\.\\d s")));
        Await.until(() ->
                puppeteer.told.stream()
                                .filter("success the binding's process runs again"::equals)
                                .count()
                        == 3);
    }

    @Test
    void aCallThatHangsInAFrozenChildEndsWhenItIsCancelled() throws Exception {
        ProcessHandle child = child(pids(generate("spawn").text())[0]);
        CancellationSource cancellation = new CancellationSource();
        signal("STOP", child);
        try {
            Thread canceller = Thread.ofVirtual().start(cancellation::cancel);
            assertThatExceptionOfType(BindingException.class)
                    .isThrownBy(() ->
                            puppet.generate(
                                    GenerationRequest.prompt("puppet", "wait")
                                            .cancellation(cancellation)
                                            .build(),
                                    GenerationCallback.IGNORE))
                    .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
            canceller.join();
        } finally {
            signal("CONT", child);
        }
        assertThat(generate("say well").text()).isEqualTo("well");
    }

    @Test
    void whatACrashedChildLeavesBehindIsEndedThoughNobodyIsItsParent() {
        long orphan = Long.parseLong(generate("orphan").text());
        assertThat(gone(new long[] {orphan})).isFalse();

        assertThatExceptionOfType(BindingException.class).isThrownBy(() -> generate("halt 1"));

        Await.until(() -> gone(new long[] {orphan}));
    }

    @Test
    void aChildThatIsKilledTakesWhatItStartedWithIt() {
        long[] pids = pids(generate("spawn").text());
        ProcessHandle child = child(pids[0]);

        child.destroyForcibly();

        Await.until(() -> gone(pids));
        Await.until(() -> puppet.health().reason().equals("tired"));
    }

    @Test
    void stoppingEndsTheChildWithWhatItStarted() throws IOException {
        long[] pids = pids(generate("spawn").text());
        ProcessHandle child = child(pids[0]);

        puppet.stop();

        Await.until(() -> gone(pids) && !child.isAlive());
        assertThat(puppeteer.dataDirectory().resolve("stopped")).hasContent("red");
        try (Stream<Path> left = Files.list(folder.resolve("scratch"))) {
            assertThat(left).isEmpty();
        }
    }

    @Test
    void afterStopCallsSayThatItWasStopped() {
        puppet.stop();

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> generate("say x"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE));
        assertThat(puppet.health().status()).isEqualTo(Health.degraded("").status());
    }

    @Test
    void aCallThatIsCancelledBeforeItsFirstTokenEndsAtOnce() throws Exception {
        CancellationSource cancellation = new CancellationSource();
        Thread canceller =
                Thread.ofVirtual()
                        .start(() -> {
                            Await.until(() -> puppeteer.told.contains("info waiting"));
                            cancellation.cancel();
                        });

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() ->
                        puppet.generate(
                                GenerationRequest.prompt("puppet", "wait")
                                        .cancellation(cancellation)
                                        .build(),
                                GenerationCallback.IGNORE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        canceller.join();
        Await.until(() -> puppeteer.told.contains("info cancelled"));
    }

    @Test
    void aCallThatWasCancelledBeforehandEndsAtOnce() {
        CancellationSource cancellation = new CancellationSource();
        cancellation.cancel();

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() ->
                        puppet.generate(
                                GenerationRequest.prompt("puppet", "wait")
                                        .cancellation(cancellation)
                                        .build(),
                                GenerationCallback.IGNORE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void aCallbackThatReturnsFalseHearsNoMoreAndEndsTheCall() {
        AtomicInteger heard = new AtomicInteger();

        GenerationResult result =
                puppet.generate(
                        GenerationRequest.prompt("puppet", "forever").build(),
                        _ -> heard.incrementAndGet() < 3);

        assertThat(heard).hasValue(3);
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void aCallbackThatThrowsEndsTheCall() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() ->
                        puppet.generate(
                                GenerationRequest.prompt("puppet", "forever").build(),
                                _ -> {
                                    throw new IllegalStateException("no ear");
                                }))
                .withMessage("no ear");
        assertThat(generate("say well").text()).isEqualTo("well");
    }

    @Test
    void aBindingThatDoesNotHearItsCancellationIsNotWaitedFor() {
        CancellationSource cancellation = new CancellationSource();
        Thread.ofVirtual()
                .start(() -> {
                    Await.until(() -> puppeteer.told.contains("info deaf"));
                    cancellation.cancel();
                });

        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() ->
                        puppet.generate(
                                GenerationRequest.prompt("puppet", "deaf")
                                        .cancellation(cancellation)
                                        .build(),
                                GenerationCallback.IGNORE))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }

    @Test
    void aFloodOfOutputIsCutAndHoldsUpNothing() {
        assertThat(generate("print 20000").text()).isEqualTo("printed");

        assertThat(generate("say on").text()).isEqualTo("on");
        assertThat(puppeteer.logged).hasSizeLessThan(2000);
    }

    @Test
    void twoInstancesOfOneBindingDoNotMeet() {
        Puppeteer other = new Puppeteer(folder.resolve("other"));
        ProcessBinding second = binding(folder.resolve("scratch"));
        second.start(other);
        try {
            assertThatExceptionOfType(BindingException.class).isThrownBy(() -> generate("halt 1"));

            String mine =
                    second.generate(
                                    GenerationRequest.prompt("m", "property java.io.tmpdir")
                                            .build(),
                                    GenerationCallback.IGNORE)
                            .text();
            Await.until(() -> puppet.health().reason().equals("tired"));
            assertThat(generate("property java.io.tmpdir").text()).isNotEqualTo(mine);
        } finally {
            second.stop();
        }
    }

    private static ProcessBinding binding(Path scratch) {
        return new ProcessBinding(
                JvmCommand.ofThisHost("64m"),
                new StagedCode(jar, List.of(), Set.of()),
                scratch,
                new ProcessLimits(
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(30)));
    }

    private GenerationResult generate(String text) {
        return puppet.generate(
                GenerationRequest.prompt("puppet", text).build(), GenerationCallback.IGNORE);
    }

    private static void signal(String name, ProcessHandle process) throws Exception {
        new ProcessBuilder("/bin/sh", "-c", "kill -%s %d".formatted(name, process.pid()))
                .start()
                .waitFor();
    }

    private static long[] pids(String text) {
        return Stream.of(text.split(" ")).mapToLong(Long::parseLong).toArray();
    }

    private static ProcessHandle child(long grandchild) {
        return ProcessHandle.of(grandchild).flatMap(ProcessHandle::parent).orElseThrow();
    }

    private static boolean gone(long[] pids) {
        List<ProcessHandle> alive = new ArrayList<>();
        for (long pid : pids) {
            ProcessHandle.of(pid).filter(ProcessHandle::isAlive).ifPresent(alive::add);
        }
        return alive.isEmpty();
    }
}
