package dev.bindery.benchmarks.subject;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** A program that embeds a host, from its start until the host has settled. */
public final class EmbeddedProcess {
    private EmbeddedProcess() {}

    /** How long that took, in nanoseconds. */
    public static long nanosToReady(Path home, Path bindings) throws IOException {
        List<String> command =
                OwnJvm.command(
                        EmbeddedProgram.class.getName(),
                        List.of(home.toString(), bindings.toString()));
        long start = System.nanoTime();
        Process process = Processes.start(new ProcessBuilder(command).redirectErrorStream(true));
        try {
            ReadyLine.await(process);
            return System.nanoTime() - start;
        } finally {
            Processes.end(process);
        }
    }
}
