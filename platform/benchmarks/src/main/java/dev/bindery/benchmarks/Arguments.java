package dev.bindery.benchmarks;

import dev.bindery.benchmarks.measure.Plan;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What was asked for on the command line.
 *
 * @param distribution the assembled Bindery
 * @param report where the report goes
 * @param plan how much is measured
 * @param chosen the measurements; empty for all
 */
record Arguments(Path distribution, Path report, Plan plan, Set<String> chosen) {
    /**
     * @throws IllegalArgumentException saying what there is, when something is not known
     */
    static Arguments of(List<String> words, Set<String> measurements) {
        Path distribution = Path.of("distribution");
        Path report = Path.of("report.md");
        Plan plan = Plan.full();
        Set<String> chosen = new HashSet<>();
        for (Iterator<String> rest = words.iterator(); rest.hasNext(); ) {
            String word = rest.next();
            switch (word) {
                case "--distribution" -> distribution = Path.of(value(word, rest));
                case "--report" -> report = Path.of(value(word, rest));
                case "--quick" -> plan = Plan.quick();
                default -> chosen.add(word);
            }
        }
        if (!measurements.containsAll(chosen)) {
            throw new IllegalArgumentException(
                    "asked for %s; there is --quick, and of measurements: %s"
                            .formatted(chosen, String.join(" ", measurements)));
        }
        return new Arguments(distribution, report, plan, chosen);
    }

    boolean wants(String measurement) {
        return chosen.isEmpty() || chosen.contains(measurement);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }
}
