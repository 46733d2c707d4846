package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.ClosedLoop;
import dev.bindery.benchmarks.client.Tally;
import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.report.Samples;
import dev.bindery.benchmarks.report.Unit;
import dev.bindery.benchmarks.subject.Placement;
import dev.bindery.benchmarks.subject.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What a host, nginx and LiteLLM add to the time that one client waits for its upstream. */
public final class AddedLatency implements Measurement {
    @Override
    public String name() {
        return "latency";
    }

    @Override
    public void run(Bench bench, Report report) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        try (Subjects subjects = Subjects.start(bench, Placement.ANYWHERE, Placement.ANYWHERE)) {
            addRows(
                    rows,
                    "whole answer, not streamed",
                    measured(bench, subjects, false),
                    Tally::wholeAnswer);
            addRows(
                    rows,
                    "first token of a stream",
                    measured(bench, subjects, true),
                    Tally::firstWord);
        }
        report.section("Added latency")
                .paragraph(
                        ("One client, one connection, `openai` before the mock upstream; %d calls"
                                        + " in each turn, the subjects taking turns forth and back."
                                        + " What is added is the difference to the direct call.")
                                .formatted(bench.plan().calls()))
                .table(
                        List.of("what", "through", "median", "p99", "added, median", "added, p99"),
                        rows);
    }

    private static Map<Subject, Tally> measured(Bench bench, Subjects subjects, boolean streamed)
            throws IOException {
        subjects.warmUp(bench, streamed, 1);
        ClosedLoop loop = Subjects.loop(streamed, 1);
        Map<Subject, Tally> tallies = new LinkedHashMap<>();
        for (Subject subject : subjects.turns(bench.plan().rounds())) {
            loop.times(
                    subject.address(),
                    bench.plan().calls(),
                    tallies.computeIfAbsent(subject, _ -> new Tally()));
        }
        return tallies;
    }

    private static void addRows(
            List<List<String>> rows,
            String what,
            Map<Subject, Tally> tallies,
            Function<Tally, Samples> times) {
        Samples direct = times.apply(tallies.values().iterator().next());
        tallies.forEach((subject, tally) -> {
            Samples samples = times.apply(tally);
            rows.add(
                    List.of(
                            what,
                            subject.name(),
                            Unit.millis(samples.median()),
                            Unit.millis(samples.p99()),
                            Unit.millis(samples.median() - direct.median()),
                            Unit.millis(samples.p99() - direct.p99())));
        });
    }
}
