package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.ClosedLoop;
import dev.bindery.benchmarks.client.Tally;
import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.report.Unit;
import dev.bindery.benchmarks.subject.Cores;
import dev.bindery.benchmarks.subject.Footprint;
import dev.bindery.benchmarks.subject.Placement;
import dev.bindery.benchmarks.subject.Subject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How many requests and streams go through in a second. */
public final class Rates implements Measurement {
    private static final int CONNECTIONS = 16;

    /** What one subject did, and what of its processor it took for it. */
    private static final class Work {
        private final Tally tally = new Tally();
        private long processorNanos;

        double micros() {
            return processorNanos / 1e3 / tally.answers();
        }
    }

    @Override
    public String name() {
        return "rates";
    }

    @Override
    public void run(Bench bench, Report report) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        String memory;
        Cores.leaveTheFirst();
        try (Subjects subjects =
                Subjects.start(bench, Placement.FIRST_CORE, Placement.OTHER_CORES)) {
            addRows(rows, "requests", measured(bench, subjects, false));
            addRows(rows, "streams of 50 chunks", measured(bench, subjects, true));
            memory =
                    Footprint.residentBytes(subjects.all().getLast().process())
                            .map(Unit::megabytes)
                            .orElse("unknown");
        } finally {
            Cores.useAll();
        }
        report.section("Requests and streams per second")
                .paragraph(
                        ("%d connections, each asking again as soon as it is answered; turns of"
                                        + " %d s, forth and back. %s Every answer is checked.")
                                .formatted(
                                        CONNECTIONS, bench.plan().turn().toSeconds(), placement()))
                .table(
                        List.of(
                                "what",
                                "through",
                                "rate",
                                "to nginx",
                                "to direct",
                                "processor time for each"),
                        rows)
                .paragraph("Resident memory of the host process after that: " + memory + ".");
    }

    private static String placement() {
        return Cores.pinning()
                ? "What stands before the upstream has the first core for itself, client and upstream"
                        + " the others."
                : "There is no taskset here, or only one core: all share what there is.";
    }

    private static Map<Subject, Work> measured(Bench bench, Subjects subjects, boolean streamed)
            throws IOException {
        subjects.warmUp(bench, streamed, CONNECTIONS);
        ClosedLoop loop = Subjects.loop(streamed, CONNECTIONS);
        Map<Subject, Work> works = new LinkedHashMap<>();
        for (Subject subject : subjects.turns(bench.plan().rounds())) {
            Work work = works.computeIfAbsent(subject, _ -> new Work());
            long before = subject.processorTime().toNanos();
            loop.during(subject.address(), bench.plan().turn(), work.tally);
            work.processorNanos += subject.processorTime().toNanos() - before;
        }
        return works;
    }

    private static void addRows(List<List<String>> rows, String what, Map<Subject, Work> works) {
        double direct = rate(works, "direct");
        double nginx = rate(works, "nginx");
        works.forEach((subject, work) ->
                rows.add(
                        List.of(
                                what,
                                subject.name(),
                                Unit.perSecond(work.tally.rate()),
                                nginx > 0 ? Unit.ratio(work.tally.rate() / nginx) : "no nginx here",
                                Unit.ratio(work.tally.rate() / direct),
                                Unit.micros(work.micros()))));
    }

    private static double rate(Map<Subject, Work> works, String name) {
        return works.entrySet().stream()
                .filter(entry -> entry.getKey().name().equals(name))
                .mapToDouble(entry -> entry.getValue().tally.rate())
                .sum();
    }
}
