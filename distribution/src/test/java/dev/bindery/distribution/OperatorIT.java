package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an operator does with a running host: its shell, its log, an extension. */
class OperatorIT {
    @TempDir Path folder;
    private LiveHost host;

    @BeforeEach
    void start() throws Exception {
        host = LiveHost.start(folder.resolve("home"));
    }

    @AfterEach
    void stop() {
        host.close();
    }

    private String shell(String line) throws Exception {
        Command.Result result = host.bindery("shell", "-c", line);
        assertThat(result.exit()).as(result.output()).isZero();
        return result.output();
    }

    @Test
    void theShellShowsAndChangesTheRunningHost() throws Exception {
        assertThat(shell("list | grep echo")).contains("ACTIVE");
        assertThat(shell("reload echo")).isEqualTo("echo: ACTIVE\n");
        assertThat(shell("lb")).contains("Apache Felix EventAdmin");
        Command.Result wrong = host.bindery("shell", "-c", "reload none");
        assertThat(wrong.exit()).isEqualTo(1);
        assertThat(wrong.output()).contains("none");
        assertThat(host.admin("GET", "status").path("settled").asBoolean()).isTrue();
    }

    @Test
    void anExtensionComesWorksAndGoes() throws Exception {
        Path dropped = host.home().resolve("extensions/example.jar");
        Path part = host.home().resolve("extensions/.part");
        Files.copy(Path.of(System.getProperty("extension")), part);
        Files.move(part, dropped, StandardCopyOption.ATOMIC_MOVE);
        Wait.until("it is started", () -> logged("extension/ACTIVE example.jar"));
        shell("reload echo");
        Wait.until(
                "it has heard of the reload",
                () -> shell("example:chronicle").contains("echo became UNLOADED"));
        assertThat(shell("lb")).contains("Bindery's example of an extension");

        Files.delete(dropped);
        Wait.until("it is gone", () -> logged("extension/REMOVED example.jar"));
        assertThat(host.bindery("shell", "-c", "example:chronicle").output())
                .contains("no command example:chronicle");
    }

    private boolean logged(String text) throws IOException {
        Path log = host.home().resolve("logs/bindery.log");
        return Files.exists(log) && Files.readString(log).contains(text);
    }

    @Test
    void theLogIsFollowedWhileItIsWritten() throws Exception {
        Path shown = folder.resolve("shown");
        Process follower = new Command(host.home()).start(shown, "logs", "-f", "echo");
        try {
            Wait.until(
                    "the log so far is shown",
                    () -> Files.readString(shown).contains("binding/ACTIVE echo"));
            host.bindery("disable", "echo");
            Wait.until(
                    "what happens is shown",
                    () -> Files.readString(shown).contains("binding/DISABLED echo"));
            assertThat(follower.isAlive()).isTrue();
        } finally {
            follower.destroyForcibly().waitFor(30, TimeUnit.SECONDS);
        }
        host.stop();
        assertThat(host.bindery("logs", "echo").output()).contains("binding/DISABLED echo");
    }

    @Test
    void theEventsOfTheRunningHostAreShownByItsAddress() throws Exception {
        Command elsewhere = new Command(folder.resolve("another"));
        Files.createDirectories(elsewhere.home());
        Files.copy(host.home().resolve("admin.token"), elsewhere.home().resolve("admin.token"));
        String home = elsewhere.home().toString();
        assertThat(elsewhere.run("logs", "--home", home, "--url", host.address(), "echo").output())
                .contains("binding/ACTIVE echo")
                .doesNotContain(File.separator + "logs");
    }
}
