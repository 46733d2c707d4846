package dev.bindery.benchmarks;

import dev.bindery.benchmarks.measure.AddedLatency;
import dev.bindery.benchmarks.measure.Bench;
import dev.bindery.benchmarks.measure.Connections;
import dev.bindery.benchmarks.measure.DisconnectToStop;
import dev.bindery.benchmarks.measure.DropToAnswer;
import dev.bindery.benchmarks.measure.IdleMemory;
import dev.bindery.benchmarks.measure.Measurement;
import dev.bindery.benchmarks.measure.ModelSpeed;
import dev.bindery.benchmarks.measure.Plan;
import dev.bindery.benchmarks.measure.Rates;
import dev.bindery.benchmarks.measure.StartToReady;
import dev.bindery.benchmarks.measure.SwapUnderStreams;
import dev.bindery.benchmarks.report.Machine;
import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.subject.Distribution;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Runs the measurements one after another and writes what they found. */
final class Benchmarks {
    private static final List<Measurement> ALL =
            List.of(
                    new StartToReady(),
                    new DropToAnswer(),
                    new SwapUnderStreams(),
                    new DisconnectToStop(),
                    new AddedLatency(),
                    new Rates(),
                    new Connections(),
                    new ModelSpeed(),
                    new IdleMemory());

    private Benchmarks() {}

    public static void main(String[] words) throws IOException, InterruptedException {
        Arguments arguments;
        try {
            arguments = Arguments.of(List.of(words), names());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path scratch = Files.createTempDirectory("bindery-benchmarks");
        try {
            String report = report(arguments, scratch);
            Files.writeString(arguments.report(), report);
            System.out.println(report);
        } finally {
            delete(scratch);
        }
    }

    private static String report(Arguments arguments, Path scratch)
            throws IOException, InterruptedException {
        Report report = new Report().title("Measured");
        if (arguments.plan().equals(Plan.quick())) {
            report.paragraph(
                    "A quick run: it shows that everything works; its figures say little.");
        }
        report.table(List.of("machine", ""), Machine.rows());
        Distribution distribution = new Distribution(arguments.distribution());
        Bench bench = new Bench(distribution, arguments.plan(), scratch);
        for (Measurement measurement : ALL) {
            if (arguments.wants(measurement.name())) {
                System.err.println("measuring: " + measurement.name());
                measurement.run(bench, report);
            }
        }
        return report.markdown();
    }

    private static Set<String> names() {
        return ALL.stream()
                .map(Measurement::name)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    private static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            files.sorted(Comparator.reverseOrder()).forEach(Benchmarks::deleteOne);
        }
    }

    private static void deleteOne(Path file) {
        try {
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
