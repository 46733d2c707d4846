package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.report.Unit;
import dev.bindery.benchmarks.subject.Distribution;
import dev.bindery.benchmarks.subject.Footprint;
import dev.bindery.benchmarks.subject.HostProcess;
import dev.bindery.benchmarks.subject.Placement;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What a host that has nothing to do keeps of the machine's memory. */
public final class IdleMemory implements Measurement {
    private static final int MANY = 10;
    private static final Duration SETTLING = Duration.ofSeconds(5);

    @Override
    public String name() {
        return "memory";
    }

    @Override
    public void run(Bench bench, Report report) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(row("echo and openai", bench.with("echo", "openai"), bench));
        rows.add(row("10 class loader bindings", bench.withBindings(MANY), bench));
        if (bench.distribution().find("llamacpp").isPresent()) {
            rows.add(
                    row(
                            "echo, openai and llamacpp",
                            bench.with("echo", "openai", "llamacpp"),
                            bench));
        }
        report.section("Idle memory")
                .paragraph(
                        "Resident memory %d s after the ready line, without any request."
                                .formatted(SETTLING.toSeconds()))
                .table(List.of("bindings", "host process", "child processes"), rows);
    }

    private static List<String> row(String what, Distribution distribution, Bench bench)
            throws IOException, InterruptedException {
        try (HostProcess host =
                HostProcess.start(distribution, bench.folder("home"), Placement.ANYWHERE)) {
            Thread.sleep(SETTLING);
            List<String> children = host.process().descendants().map(IdleMemory::resident).toList();
            return List.of(
                    what,
                    resident(host.process()),
                    children.isEmpty() ? "none" : String.join(", ", children));
        }
    }

    private static String resident(ProcessHandle process) {
        return Footprint.residentBytes(process).map(Unit::megabytes).orElse("unknown");
    }
}
