package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** From start to end. One host serves for all that does not end it, since a start takes seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostProcessIT {
    private static final Pattern READY = Pattern.compile("ready on (http://127\\.0\\.0\\.1:\\d+)");

    @TempDir static Path folder;
    private Path home;
    private Command bindery;
    private Process host;
    private String address;

    @BeforeAll
    void prepare() {
        home = folder.resolve("a home");
        bindery = new Command(home);
    }

    /** Where the test before has ended it, another is started on its home. */
    @BeforeEach
    void start() throws Exception {
        if (host == null || !host.isAlive()) {
            Path log = folder.resolve("host.log");
            host = bindery.start(log, "run", "--port", "0", "--no-model");
            address = awaitReady(log);
        }
    }

    @AfterAll
    void stop() throws InterruptedException {
        host.destroyForcibly().waitFor();
    }

    @Test
    void theBindingsThatComeWithItAnswerOverHttp() throws Exception {
        HttpRequest chat =
                HttpRequest.newBuilder(URI.create(address + "/v1/chat/completions"))
                        .header("Content-Type", "application/json")
                        .POST(
                                HttpRequest.BodyPublishers.ofString(
                                        "{\"model\":\"echo/echo\",\"messages\":["
                                                + "{\"role\":\"user\",\"content\":\"said once\"}]}"))
                        .build();

        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = client.send(chat, HttpResponse.BodyHandlers.ofString());

            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.body()).contains("said once");
        }
    }

    @Test
    void theOtherCommandsFindTheHostOfTheirHome() throws Exception {
        assertThat(bindery.run("list").output()).containsPattern("(?m)^echo +\\S+ +ACTIVE");
        assertThat(bindery.run("disable", "echo").exit()).isZero();
        assertThat(bindery.run("list").output()).containsPattern("(?m)^echo +\\S+ +DISABLED");
        assertThat(bindery.run("enable", "echo").exit()).isZero();
    }

    @Test
    void aSecondHostOnTheSameHomeIsRefused() throws Exception {
        Command.Result second = bindery.run("run", "--port", "0");

        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.output())
                .contains("another host is running on " + home, address, "stop --home");
    }

    @Test
    void aPortInUseIsSaidPlainly() throws Exception {
        String port = address.substring(address.lastIndexOf(':') + 1);

        Command.Result second =
                new Command(folder.resolve("another home")).run("run", "--port", port);

        assertThat(second.exit()).isEqualTo(1);
        assertThat(second.output()).contains("cannot listen on 127.0.0.1:" + port);
        if (OS.LINUX.isCurrentOs()) {
            assertThat(second.output()).containsPattern("it is held by java \\(process \\d+\\)");
        }
    }

    @Test
    void askedToEndItStopsInGoodOrder() throws Exception {
        host.destroy();

        assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(host.exitValue()).isZero();
        assertThat(home.resolve("state/running.json")).doesNotExist();
        assertThat(bindery.run("list", "--url", address).output())
                .contains("No host is running at " + address);
    }

    @Test
    void askedToEndWhileItStartsItSaysNoMoreThanThat() throws Exception {
        Path log = folder.resolve("early.log");
        Path early = folder.resolve("early home");
        Process starting = new Command(early).start(log, "run", "--port", "0", "--no-model");
        Wait.until(
                "it is starting",
                () -> !starting.isAlive() || Files.exists(early.resolve("state/running.json")));
        starting.destroy();

        assertThat(starting.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(starting.exitValue()).isZero();
        assertThat(Files.readString(log)).contains("Stopped.").doesNotContain("Exception", "ERROR");
    }

    @Test
    void theCommandStopsItAndSaysSo() throws Exception {
        Command.Result stopped = bindery.run("stop");

        assertThat(stopped.exit()).as(stopped.output()).isZero();
        assertThat(stopped.output()).contains("Stopping the host at " + address, "Stopped.");
        assertThat(host.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(host.exitValue()).isZero();
        assertThat(bindery.run("stop").output()).contains("No host is running on " + home);
    }

    private String awaitReady(Path log) throws IOException, InterruptedException {
        Instant deadline = Instant.now().plus(Duration.ofMinutes(2));
        while (Instant.now().isBefore(deadline) && host.isAlive()) {
            Matcher ready = READY.matcher(Files.readString(log));
            if (ready.find()) {
                return ready.group(1);
            }
            host.waitFor(50, TimeUnit.MILLISECONDS);
        }
        throw new AssertionError("the host did not come up:\n" + Files.readString(log));
    }
}
