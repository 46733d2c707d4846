package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Stops a process that stands for a host; the whole is tried with the distribution. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "a process cannot be asked to end there")
class StopCommandTest {
    @TempDir Path home;
    private FakeHost host;
    private Run.Place place;
    private Process process;
    private FileChannel lock;

    @BeforeEach
    void start() throws IOException {
        Path state = Files.createDirectories(home.resolve("state"));
        lock =
                FileChannel.open(
                        state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        host = new FakeHost();
        host.answers(
                "GET /admin/v1/instances",
                200,
                "{\"instances\":[{\"name\":\"a\",\"active_calls\":2},{\"name\":\"b\",\"active_calls\":1}]}");
        place = new Run.Place().with("BINDERY_HOME", home);
    }

    @AfterEach
    void stop() throws Exception {
        lock.close();
        host.close();
        if (process != null) {
            process.destroyForcibly().waitFor();
        }
    }

    /** Heeds what it is told in that way. As a host it has the home, here by this process. */
    private void run(String onTermination) throws IOException {
        assertThat(lock.lock().isValid()).isTrue();
        process =
                new ProcessBuilder(
                                "sh",
                                "-c",
                                "trap '%s' TERM; echo up; while :; do sleep 0.05; done"
                                        .formatted(onTermination))
                        .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("up");
        }
        write(process.info().startInstant().orElseThrow());
    }

    private void write(Instant began) throws IOException {
        Files.writeString(
                home.resolve("state/running.json"),
                "{\"pid\":%d,\"began\":%d,\"address\":\"%s\"}"
                        .formatted(process.pid(), began.toEpochMilli(), host.url()));
    }

    @Test
    void theHostIsAskedToEndAndAwaited() throws Exception {
        run("exit 0");

        Run run = place.run("stop");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out())
                .isEqualTo(
                        "Stopping the host at %s (process %d).\nStopped.\n"
                                .formatted(host.url(), process.pid()));
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void whatItWaitsForIsSaidAndSoIsThatItTookTooLong() throws Exception {
        run(":");

        Run run = place.run("stop", "--wait", "2");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("Waiting for 3 calls in flight; ", "stop --now");
        assertThat(run.err())
                .contains("(process %d) has not ended within 2 s".formatted(process.pid()));
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void nowItIsAskedUntilItEnds() throws Exception {
        run("[ -n \"$again\" ] && exit 130; again=1");

        Run run = place.run("stop", "--now");

        assertThat(run.exit()).as(run.err()).isZero();
        assertThat(run.out()).doesNotContain("Waiting").endsWith("Stopped.\n");
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(130);
    }

    @Test
    void whereNoneRunsItIsStoppedAlready() {
        Run run = place.run("stop");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).isEqualTo("No host is running on " + home + ".\n");
    }

    @Test
    void anotherProcessWithTheNumberOfAHostThatWasKilledIsLeftAlone() throws Exception {
        run("exit 0");
        write(Instant.now().minusSeconds(86_400));

        Run run = place.run("stop");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("A host has " + home, "Stop it there.");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void oneThatDoesNotHaveTheHomeIsNoHost() throws Exception {
        run("exit 0");
        lock.close();

        Run run = place.run("stop");

        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("No host is running");
        assertThat(process.isAlive()).isTrue();
    }

    @Test
    void aSecondHostSaysWhichRunsAndHowToStopIt() throws Exception {
        run("exit 0");

        Run run = place.run("run", "--port", "0");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err())
                .contains(
                        "another host is running on %s already, at %s (process %d)"
                                .formatted(home, host.url(), process.pid()),
                        "stop --home " + home);
    }
}
