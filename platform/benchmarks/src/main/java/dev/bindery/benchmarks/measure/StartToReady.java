package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.report.Samples;
import dev.bindery.benchmarks.report.Unit;
import dev.bindery.benchmarks.subject.Distribution;
import dev.bindery.benchmarks.subject.EmbeddedProcess;
import dev.bindery.benchmarks.subject.HostProcess;
import dev.bindery.benchmarks.subject.InstanceFile;
import dev.bindery.benchmarks.subject.Placement;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** From the start of a process to the line by which it says that it is ready. */
public final class StartToReady implements Measurement {
    private static final int MANY = 10;

    /** One start, in nanoseconds. */
    private interface Start {
        long nanos() throws IOException;
    }

    @Override
    public String name() {
        return "start";
    }

    @Override
    public void run(Bench bench, Report report) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        rows.add(
                row(
                        "`bindery run`, echo and openai",
                        host(bench, bench.with("echo", "openai")),
                        bench));
        rows.add(
                row(
                        "`bindery run`, 10 class loader bindings",
                        host(bench, bench.withBindings(MANY)),
                        bench));
        if (bench.distribution().find("llamacpp").isPresent()) {
            rows.add(
                    row(
                            "`bindery run`, echo, openai and llamacpp (a child process)",
                            host(bench, bench.with("echo", "openai", "llamacpp")),
                            bench));
        }
        Distribution echo = bench.with("echo");
        rows.add(row("`bindery run`, echo", host(bench, echo), bench));
        rows.add(
                row(
                        "`bindery run`, echo in a process of its own",
                        apart(bench, echo, Map.of()),
                        bench));
        rows.add(
                row(
                        "the same, without the archive of classes",
                        apart(bench, echo, Map.of("BINDERY_ARCHIVE", "off")),
                        bench));
        rows.add(row("embedded host, echo and openai", embedded(bench), bench));
        report.section("Start to ready")
                .paragraph(
                        "From the start of the process to its ready line, in a home that was used"
                                + " before; %d starts each.".formatted(bench.plan().starts()))
                .table(List.of("what", "median", "fastest", "slowest"), rows);
    }

    private static Start host(Bench bench, Distribution distribution) throws IOException {
        Path home = bench.folder("home");
        return () -> {
            try (HostProcess host = HostProcess.start(distribution, home, Placement.ANYWHERE)) {
                return host.nanosToReady();
            }
        };
    }

    /** With an instance that the operator wants in a process of its own. */
    private static Start apart(
            Bench bench, Distribution distribution, Map<String, String> environment)
            throws IOException {
        Path home = bench.folder("home");
        InstanceFile.write(home, "echo", "isolation: process\n");
        return () -> {
            try (HostProcess host =
                    HostProcess.start(distribution, home, Placement.ANYWHERE, environment)) {
                return host.nanosToReady();
            }
        };
    }

    private static Start embedded(Bench bench) throws IOException {
        Path home = bench.folder("home");
        Path bindings = bench.with("echo", "openai").root().resolve("bindings");
        return () -> EmbeddedProcess.nanosToReady(home, bindings);
    }

    private static List<String> row(String what, Start start, Bench bench) throws IOException {
        start.nanos(); // fills the home, and the system's file cache
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < bench.plan().starts(); i++) {
            nanos.add(start.nanos());
        }
        Samples samples = Samples.of(nanos);
        return List.of(
                what,
                Unit.seconds(samples.median()),
                Unit.seconds(samples.min()),
                Unit.seconds(samples.max()));
    }
}
