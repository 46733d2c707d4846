package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The archive of classes that the first host leaves. */
class ArchiveIT {
    @TempDir Path folder;

    private Command.Result run(String home, String... arguments) throws Exception {
        Path log = folder.resolve("log");
        Process host =
                new Command(folder.resolve(home))
                        .start(
                                log,
                                Map.of(
                                        "BINDERY_ARCHIVE",
                                        "",
                                        "XDG_CACHE_HOME",
                                        folder.resolve("cache").toString()),
                                arguments);
        try {
            Wait.until(
                    "it serves or has ended",
                    () -> !host.isAlive() || Files.readString(log).contains("ready on"));
            host.destroy();
            return new Command.Result(host.waitFor(), Files.readString(log));
        } finally {
            host.destroyForcibly();
        }
    }

    private List<String> archives() throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("cache"))) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString().replaceAll("\\d+", "N"))
                    .toList();
        }
    }

    @Test
    void aHostThatServedLeavesOneAndOneThatDidNotSaysItsReasonAlone() throws Exception {
        Command.Result failed =
                run("failing", "run", "--host", "0.0.0.0", "--port", "0", "--no-model");
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.output()).contains("there are no API keys").hasLineCount(1);
        assertThat(archives()).doesNotContain("N.aot.N.good");

        Command.Result served = run("home", "run", "--port", "0", "--no-model");
        assertThat(served.output()).contains("Stopped.").doesNotContain("JAVA_TOOL_OPTIONS");
        assertThat(archives()).containsExactlyInAnyOrder("N.aot.N", "N.aot.N.good");

        run("home", "run", "--port", "0", "--no-model");
        assertThat(archives()).containsExactly("N.aot");
    }
}
