package dev.bindery.benchmarks.subject;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** A program that calls llama.cpp's Java library directly. For one thread. */
public final class LibraryProcess implements AutoCloseable {
    private final Process process;
    private final BufferedReader output;
    private final BufferedWriter input;

    private LibraryProcess(Process process) {
        this.process = process;
        this.output = process.inputReader();
        this.input = process.outputWriter();
    }

    /**
     * Returns when the model is loaded.
     *
     * @param slots how many answers it gives at once
     * @param context tokens of each
     * @param threads for computing
     * @param scratch where it may write
     */
    public static LibraryProcess start(
            Path model, int slots, int context, int threads, Path scratch) throws IOException {
        List<String> arguments =
                List.of(
                        model.toString(),
                        Integer.toString(slots),
                        Integer.toString(context),
                        Integer.toString(threads),
                        scratch.toString());
        ProcessBuilder builder =
                new ProcessBuilder(OwnJvm.command(LibraryProgram.class.getName(), arguments));
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        LibraryProcess library = new LibraryProcess(Processes.start(builder));
        library.await("library ready");
        return library;
    }

    /** How long all took and each until its first token, in nanoseconds. */
    public long[] ask(int tokens, List<String> prompts) throws IOException {
        input.write(tokens + "\t" + String.join("\t", prompts) + "\n");
        input.flush();
        return Arrays.stream(await("round ").substring("round ".length()).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    /** The next line that begins so; the library prints lines of its own. */
    private String await(String beginning) throws IOException {
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith(beginning)) {
                return line;
            }
        }
        throw new IOException("the program that calls the library ended");
    }

    @Override
    public void close() {
        Processes.end(process);
    }
}
