package dev.bindery.testkit.check;

import dev.bindery.api.BindingCard;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.bench.Violation;
import dev.bindery.testkit.check.Outcome.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What came of all checks.
 *
 * @param card absent where the jar cannot be loaded
 */
public record Report(Optional<BindingCard> card, List<Entry> entries) {
    public Report {
        entries = List.copyOf(entries);
    }

    /**
     * One check.
     *
     * @param area what it is about
     */
    public record Entry(String area, Outcome outcome) {}

    /**
     * Holds a jar to the contract.
     *
     * @param heard hears of every check as soon as it is done
     */
    public static Report of(BindingUnderTest subject, Consumer<Entry> heard)
            throws InterruptedException {
        try (Trial trial = Trial.of(subject)) {
            List<Entry> entries = new ArrayList<>();
            for (Area area : Area.all()) {
                for (Check check : area.checks()) {
                    Entry entry = new Entry(area.name(), check.run(trial));
                    entries.add(entry);
                    heard.accept(entry);
                }
            }
            return new Report(Optional.of(trial.card()), entries);
        } catch (Violation refused) {
            Entry entry = new Entry("jar", refusal(refused));
            heard.accept(entry);
            return new Report(Optional.empty(), List.of(entry));
        }
    }

    private static Outcome refusal(Violation refused) {
        return new Outcome(
                JarChecks.AREA.checks().getFirst().name(),
                Verdict.FAILED,
                String.valueOf(refused.getMessage()),
                Duration.ZERO);
    }

    public long count(Verdict verdict) {
        return entries.stream().filter(entry -> entry.outcome().verdict() == verdict).count();
    }
}
