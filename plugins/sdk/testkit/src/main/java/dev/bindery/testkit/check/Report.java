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

    /** Hears how far it is. */
    public interface Listener {
        /** A check begins. */
        void begun(String area, Check check);

        /** A check is done. */
        void ended(Entry entry);
    }

    /**
     * Holds a jar to the contract.
     *
     * @param heard hears of every check as soon as it is done
     */
    public static Report of(BindingUnderTest subject, Consumer<Entry> heard)
            throws InterruptedException {
        return of(
                subject,
                new Listener() {
                    @Override
                    public void begun(String area, Check check) {}

                    @Override
                    public void ended(Entry entry) {
                        heard.accept(entry);
                    }
                });
    }

    /** Holds a jar to the contract. */
    public static Report of(BindingUnderTest subject, Listener listener)
            throws InterruptedException {
        try (Trial trial = Trial.of(subject)) {
            List<Entry> entries = new ArrayList<>();
            for (Area area : Area.all()) {
                for (Check check : area.checks()) {
                    listener.begun(area.name(), check);
                    Entry entry = new Entry(area.name(), check.run(trial));
                    entries.add(entry);
                    listener.ended(entry);
                }
            }
            return new Report(Optional.of(trial.card()), entries);
        } catch (Violation refused) {
            Entry entry = new Entry("jar", refusal(refused));
            listener.ended(entry);
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
