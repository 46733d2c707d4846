package dev.bindery.host.packages;

import dev.bindery.api.Cancellation;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The pip of the operator's machine, run as a program of its own, so that all its settings hold:
 * index, mirrors, certificates, proxies. Any number of threads.
 *
 * @param command how it is called
 */
record Pip(List<String> command) {
    private static final List<List<String>> CANDIDATES =
            List.of(
                    List.of("pip3"),
                    List.of("pip"),
                    List.of("python3", "-m", "pip"),
                    List.of("python", "-m", "pip"),
                    List.of("py", "-m", "pip"));
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);
    private static final int SHOWN = 600;

    /** The first pip that answers. */
    static Optional<Pip> found() {
        return CANDIDATES.stream().map(Pip::new).filter(Pip::answers).findFirst();
    }

    /** Called now and then while pip is at work. */
    @FunctionalInterface
    interface Look {
        void look() throws IOException;
    }

    /**
     * Runs pip in the folder, which also takes its temporary files.
     *
     * @return what it printed
     * @throws IOException with its own words when it fails
     */
    String run(List<String> arguments, Path folder, Look look, Work work)
            throws IOException, InterruptedException {
        Path out = folder.resolve("pip.out");
        Path err = folder.resolve("pip.err");
        Process process = start(arguments, folder, out, err);
        try (Cancellation.Registration _ = work.cancellation().onCancel(() -> end(process))) {
            while (!process.waitFor(BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS)) {
                look.look();
            }
        } finally {
            end(process);
        }
        work.throwIfCancelled();
        if (process.exitValue() != 0) {
            throw new IOException("pip says: " + complaint(err));
        }
        return Files.readString(out);
    }

    private Process start(List<String> arguments, Path folder, Path out, Path err)
            throws IOException {
        List<String> line = new ArrayList<>(command);
        line.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(line)
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(err.toFile());
        builder.environment()
                .putAll(
                        Map.of(
                                "TMPDIR", folder.toString(),
                                "TEMP", folder.toString(),
                                "TMP", folder.toString(),
                                "PIP_DISABLE_PIP_VERSION_CHECK", "1",
                                "PIP_NO_INPUT", "1"));
        return builder.start();
    }

    private static void end(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    /** The end of what it complained of, on one line. */
    private static String complaint(Path err) throws IOException {
        String all = new String(Files.readAllBytes(err), StandardCharsets.UTF_8).strip();
        String last = all.length() > SHOWN ? "…" + all.substring(all.length() - SHOWN) : all;
        return Addresses.masked(last.replaceAll("\\s*\\R\\s*", "; "));
    }

    private boolean answers() {
        try {
            List<String> line = Stream.concat(command.stream(), Stream.of("--version")).toList();
            Process process =
                    new ProcessBuilder(line)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .redirectError(ProcessBuilder.Redirect.DISCARD)
                            .start();
            boolean ended = process.waitFor(20, TimeUnit.SECONDS);
            end(process);
            return ended && process.exitValue() == 0;
        } catch (IOException _) {
            return false;
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}
