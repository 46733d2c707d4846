package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What falls into the folder of a running host beside good jars. */
class BadJarsIT {
    @TempDir static Path folder;
    private static LiveHost host;

    @BeforeAll
    static void start() throws Exception {
        host = LiveHost.start(folder.resolve("home"));
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    @AfterEach
    void theOthersServeOn() throws Exception {
        assertThat(ask("echo/echo").statusCode()).isEqualTo(200);
    }

    private static HttpResponse<String> ask(String model) throws IOException, InterruptedException {
        return host.post(
                "/v1/chat/completions",
                """
                {"model":"%s","messages":[{"role":"user","content":"hello"}]}
                """
                        .formatted(model));
    }

    private static void awaitListed(String text) {
        Wait.until(
                "the list says: " + text,
                () -> host.admin("GET", "bindings").toString().contains(text));
    }

    @Test
    void aHalfCopiedJarIsWaitedFor() throws Exception {
        SampleJar jar = new SampleJar("slowly", "1.0.0");
        byte[] bytes = jar.bytes();
        int half = bytes.length / 2;
        try (OutputStream copy = Files.newOutputStream(host.drop("slowly.jar"))) {
            copy.write(bytes, 0, half);
            copy.flush();
            awaitListed("the jar is not whole yet");
            assertThat(ask(jar.model()).statusCode()).isEqualTo(404);

            copy.write(bytes, half, bytes.length - half);
        }

        Wait.until("it answers", () -> ask(jar.model()).body().contains(jar.answer()));
    }

    @Test
    void whatIsNoJarIsNamedWithItsReason() throws Exception {
        Files.writeString(host.drop("notes.jar"), "I am no zip file");
        awaitListed("it is no jar");

        assertThat(host.bindery("list").output())
                .contains("notes", "it is no jar: its first bytes are not those of a zip file");
    }

    @Test
    void aBrokenNewVersionLeavesTheOldOneServing() throws Exception {
        SampleJar jar = new SampleJar("steady", "1.0.0");
        Path file = host.drop("steady.jar");
        Files.write(file, jar.bytes());
        Wait.until("it answers", () -> ask(jar.model()).statusCode() == 200);

        byte[] broken = new SampleJar("steady", "2.0.0").bytes();
        Files.write(file, Arrays.copyOf(broken, broken.length / 2));

        awaitListed("the jar is not whole yet");
        assertThat(ask(jar.model()).body()).contains(jar.answer());
    }

    @Test
    void anUpdateThatIsRefusedFailsTheCommandThatInstallsIt() throws Exception {
        Path file = folder.resolve("kept.jar");
        Files.write(file, new SampleJar("kept", "1.0.0").bytes());
        assertThat(host.bindery("install", file.toString()).output())
                .isEqualTo("Installed kept 1.0.0: ACTIVE\n");
        Files.write(file, new SampleJar("kept", "2.0.0").bytesThatFail());

        Command.Result update = host.bindery("install", file.toString());

        assertThat(update.exit()).isEqualTo(1);
        assertThat(update.output())
                .contains(
                        "kept was not replaced:",
                        "version 2.0.0 was refused, version 1.0.0 goes on serving");
        assertThat(ask("kept/m").body()).contains("1.0.0:0");
    }
}
