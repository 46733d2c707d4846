package dev.bindery.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.host.process.JvmCommand;
import dev.bindery.host.process.ProcessBinding;
import dev.bindery.host.process.ProcessLimits;
import dev.bindery.host.process.StagedCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Nothing outlives a host that is killed. */
@Timeout(120)
class OrphanTest {
    @TempDir Path folder;

    @Test
    void aChildEndsWithWhatItStartedWhenItsHostIsKilled() throws IOException {
        Path jar = PuppetJar.in(folder);
        Process host =
                new ProcessBuilder(
                                JvmCommand.ofThisHost("64m").java().toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-cp",
                                System.getProperty("java.class.path"),
                                HostToKill.class.getName(),
                                jar.toString(),
                                folder.toString())
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        try (BufferedReader out = host.inputReader(UTF_8)) {
            List<ProcessHandle> grandchildren =
                    Stream.of(out.readLine().split(" "))
                            .map(pid -> ProcessHandle.of(Long.parseLong(pid)).orElseThrow())
                            .toList();
            ProcessHandle child = grandchildren.getFirst().parent().orElseThrow();
            assertThat(child.isAlive()).isTrue();

            host.destroyForcibly();

            Await.until(() ->
                    !child.isAlive() && grandchildren.stream().noneMatch(ProcessHandle::isAlive));
        } finally {
            host.destroyForcibly();
        }
    }

    /** A host with one puppet, which has started processes of its own. */
    static final class HostToKill {
        private HostToKill() {}

        public static void main(String[] args) throws InterruptedException {
            Path folder = Path.of(args[1]);
            ProcessBinding puppet =
                    new ProcessBinding(
                            JvmCommand.ofThisHost("64m"),
                            new StagedCode(Path.of(args[0]), List.of(), Set.of()),
                            folder.resolve("scratch"),
                            ProcessLimits.DEFAULTS);
            puppet.start(new Puppeteer(folder));
            System.out.println(
                    puppet.generate(
                                    GenerationRequest.prompt("puppet", "spawn").build(),
                                    GenerationCallback.IGNORE)
                            .text());
            Thread.currentThread().join();
        }
    }
}
