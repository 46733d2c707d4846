package dev.bindery.benchmarks.subject;

import de.kherud.llama.InferenceParameters;
import de.kherud.llama.LlamaModel;
import de.kherud.llama.LlamaOutput;
import de.kherud.llama.ModelParameters;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * The smallest program that asks llama.cpp's Java library for several answers at once. Each line of
 * its input is how many tokens each shall have and then, parted by tabs, the prompts; each line of
 * its output how long all of them took, and each until its first token, in nanoseconds.
 */
final class LibraryProgram {
    private final LlamaModel model;

    private LibraryProgram(LlamaModel model) {
        this.model = model;
    }

    /**
     * Takes the model's file, the answers at once, the context of each, the threads, and a folder
     * to write to.
     */
    public static void main(String[] arguments) throws Exception {
        int slots = Integer.parseInt(arguments[1]);
        int threads = Integer.parseInt(arguments[3]);
        System.setProperty("de.kherud.llama.tmpdir", arguments[4]);
        ModelParameters parameters =
                new ModelParameters()
                        .setModel(arguments[0])
                        .setThreads(threads)
                        .setThreadsBatch(threads)
                        .setParallel(slots)
                        .setCtxSize(slots * Integer.parseInt(arguments[2]))
                        .disableLog();
        try (LlamaModel model = new LlamaModel(parameters)) {
            System.out.println("library ready on http://none:0");
            new LibraryProgram(model).serve();
        }
        System.exit(0); // the library leaves a thread behind
    }

    private void serve() throws IOException, InterruptedException, ExecutionException {
        BufferedReader input =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            List<String> words = List.of(line.split("\t", -1));
            round(Integer.parseInt(words.getFirst()), words.subList(1, words.size()));
        }
    }

    private void round(int tokens, List<String> prompts)
            throws InterruptedException, ExecutionException {
        try (ExecutorService callers = Executors.newFixedThreadPool(prompts.size())) {
            long start = System.nanoTime();
            List<Callable<Long>> calls = new ArrayList<>();
            for (String prompt : prompts) {
                calls.add(() -> answer(prompt, tokens) - start);
            }
            List<Future<Long>> firsts = callers.invokeAll(calls);
            StringBuilder line = new StringBuilder("round ").append(System.nanoTime() - start);
            for (Future<Long> first : firsts) {
                line.append(' ').append(first.get());
            }
            System.out.println(line);
        }
    }

    /** When the first token came. */
    private long answer(String prompt, int tokens) {
        InferenceParameters request =
                new InferenceParameters(prompt)
                        .setNPredict(tokens)
                        .setTemperature(0)
                        .setIgnoreEos(true);
        long first = 0;
        int count = 0;
        for (LlamaOutput output : model.generate(request)) {
            first = first == 0 ? System.nanoTime() : first;
            count += output.text.isEmpty() ? 0 : 1;
        }
        if (count < tokens / 2) {
            throw new IllegalStateException("asked for %d tokens, got %d".formatted(tokens, count));
        }
        return first;
    }
}
