package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.CompletionCalls;
import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.report.Samples;
import dev.bindery.benchmarks.report.Unit;
import dev.bindery.benchmarks.subject.HostProcess;
import dev.bindery.benchmarks.subject.InstanceFile;
import dev.bindery.benchmarks.subject.LibraryProcess;
import dev.bindery.benchmarks.subject.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** How fast a real model answers through a host, beside the same library called directly. */
public final class ModelSpeed implements Measurement {
    private static final String NAME = "smollm2-135m-instruct";
    private static final List<Integer> AT_ONCE = List.of(1, 4, 8);
    private static final int SLOTS = 8;
    private static final int CONTEXT = 512;

    /** llama.cpp wants a little more than it fills; the binding adds as much. */
    private static final int SPARE = 32;

    /** One processor is left to the host and to the clients. */
    private static final int THREADS = Math.max(1, Runtime.getRuntime().availableProcessors() - 1);

    private static final int TOKENS = 64;
    private static final String STORY =
            ". Once upon a time there was a small village between two rivers, where every house"
                    + " had a red roof and every garden an old apple tree. One morning in spring, when"
                    + " the mist still lay over the water, a boat came down the northern river that"
                    + " nobody had ever seen before, and in it sat";

    @Override
    public String name() {
        return "model";
    }

    /** What both did with so many at once, round by round. */
    private record Pairs(int atOnce, List<ModelRound> library, List<ModelRound> host) {}

    @Override
    public void run(Bench bench, Report report) throws IOException, InterruptedException {
        Path model = model();
        if (bench.distribution().find("llamacpp").isEmpty() || !Files.isRegularFile(model)) {
            report.section("A real model")
                    .paragraph("Left out: there is no llamacpp here, or no file " + model + ".");
            return;
        }
        List<List<String>> rows = new ArrayList<>();
        try (HostProcess host = host(bench, model);
                LibraryProcess library =
                        LibraryProcess.start(
                                model, SLOTS, CONTEXT + SPARE, THREADS, bench.folder("library"))) {
            CompletionCalls calls = new CompletionCalls(host.address(), "llamacpp/" + NAME, TOKENS);
            for (Pairs pairs : measured(bench.plan().modelRounds(), library, calls)) {
                rows.addAll(rows(pairs));
            }
        }
        report.section("A real model")
                .paragraph(
                        ("%s, %d slots of %d tokens, threads for computing: %d, prompts of about"
                                        + " 70 tokens that differ from the first, answers of %d tokens as"
                                        + " streams without a temperature. In each of %d rounds both are asked"
                                        + " one after the other, the first one in turn; medians of the rounds,"
                                        + " and of their ratios.")
                                .formatted(
                                        NAME,
                                        SLOTS,
                                        CONTEXT,
                                        THREADS,
                                        TOKENS,
                                        bench.plan().modelRounds()))
                .table(
                        List.of(
                                "at once",
                                "what",
                                "library",
                                "Bindery",
                                "ratio, median",
                                "ratio, lowest and highest"),
                        rows);
    }

    private static Path model() {
        return Optional.ofNullable(System.getenv("BINDERY_TEST_MODEL"))
                .map(Path::of)
                .orElseGet(() ->
                        Path.of(
                                System.getProperty("user.home"),
                                ".cache/bindery/models",
                                NAME + ".gguf"));
    }

    private static HostProcess host(Bench bench, Path model) throws IOException {
        Path home = bench.folder("home");
        InstanceFile.write(
                home,
                "llamacpp",
                """
                binding: llamacpp
                settings:
                  model_paths: ["%s"]
                  parallel: %d
                  context_length: %d
                  threads: %d
                """
                        .formatted(model, SLOTS, CONTEXT, THREADS));
        return HostProcess.start(bench.with("llamacpp"), home, Placement.ANYWHERE);
    }

    private static List<Pairs> measured(int rounds, LibraryProcess library, CompletionCalls calls)
            throws IOException, InterruptedException {
        List<Pairs> all = new ArrayList<>();
        for (int atOnce : AT_ONCE) {
            all.add(new Pairs(atOnce, new ArrayList<>(), new ArrayList<>()));
        }
        for (int round = -1; round < rounds; round++) {
            for (Pairs pairs : all) {
                List<String> prompts = prompts(round, pairs.atOnce());
                boolean libraryFirst = round % 2 == 0;
                ModelRound before = libraryFirst ? inLibrary(library, prompts) : null;
                ModelRound host = new ModelRound(calls.ask(prompts), TOKENS);
                ModelRound direct = before == null ? inLibrary(library, prompts) : before;
                if (round >= 0) { // what came before was to warm up
                    pairs.library().add(direct);
                    pairs.host().add(host);
                }
            }
        }
        return all;
    }

    private static ModelRound inLibrary(LibraryProcess library, List<String> prompts)
            throws IOException {
        return new ModelRound(library.ask(TOKENS, prompts), TOKENS);
    }

    private static List<String> prompts(int round, int atOnce) {
        return IntStream.range(0, atOnce)
                .mapToObj(i -> (100 + 97 * round + 11 * i + atOnce) + STORY)
                .toList();
    }

    private static List<List<String>> rows(Pairs pairs) {
        List<Double> rates = new ArrayList<>();
        List<Double> firsts = new ArrayList<>();
        for (int i = 0; i < pairs.host().size(); i++) {
            ModelRound host = pairs.host().get(i);
            ModelRound library = pairs.library().get(i);
            rates.add(host.tokensPerSecond() / library.tokensPerSecond());
            firsts.add((double) host.firstToken() / library.firstToken());
        }
        String atOnce = Integer.toString(pairs.atOnce());
        return List.of(
                row(atOnce, "tokens per second", rate(pairs.library()), rate(pairs.host()), rates),
                row(
                        atOnce,
                        "time to first token",
                        first(pairs.library()),
                        first(pairs.host()),
                        firsts));
    }

    private static List<String> row(
            String atOnce, String what, String library, String host, List<Double> ratios) {
        List<Double> sorted = ratios.stream().sorted().toList();
        return List.of(
                atOnce,
                what,
                library,
                host,
                Unit.ratio(sorted.get(sorted.size() / 2)),
                Unit.ratio(sorted.getFirst()) + " to " + Unit.ratio(sorted.getLast()));
    }

    private static String rate(List<ModelRound> rounds) {
        List<Double> rates = rounds.stream().map(ModelRound::tokensPerSecond).sorted().toList();
        return Unit.perSecond(rates.get(rates.size() / 2));
    }

    private static String first(List<ModelRound> rounds) {
        return Unit.millis(
                Samples.of(rounds.stream().map(ModelRound::firstToken).toList()).median());
    }
}
