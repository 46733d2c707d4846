package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.CountedAnswer;
import dev.bindery.benchmarks.client.CountedCalls;
import dev.bindery.benchmarks.client.Crowd;
import dev.bindery.benchmarks.probe.CountingBinding;
import dev.bindery.benchmarks.probe.ProbeJar;
import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.report.Samples;
import dev.bindery.benchmarks.subject.BindingJar;
import dev.bindery.benchmarks.subject.Distribution;
import dev.bindery.benchmarks.subject.HostProcess;
import dev.bindery.benchmarks.subject.InstanceFile;
import dev.bindery.benchmarks.subject.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a swap to another version of a jar costs those who stream from it, and how soon it answers.
 */
public final class SwapUnderStreams implements Measurement {
    private static final int STREAMS = 64;
    private static final Duration STREAM =
            Duration.ofMillis(CountingBinding.PIECES * CountingBinding.INTERVAL_MILLIS);

    /** Half of a stream: whatever the time to an answer, no stream runs between two swaps. */
    private static final Duration REST = STREAM.dividedBy(2);

    /** What goes on while a crowd streams. */
    private interface Phase {
        void pass(Swaps swaps) throws IOException, InterruptedException;
    }

    @Override
    public String name() {
        return "swap";
    }

    @Override
    public void run(Bench bench, Report report) throws IOException, InterruptedException {
        Distribution distribution = bench.with();
        List<List<String>> drops = new ArrayList<>();
        List<List<String>> streams = new ArrayList<>();
        for (String isolation : List.of("classloader", "process")) {
            SwapFigures figures = measured(isolation, distribution, bench);
            drops.add(figures.dropRow());
            streams.addAll(figures.streamRows());
        }
        report.section("Swap under streams")
                .paragraph(
                        ("%d streams at once, each of %d pieces with %d ms between them; a stream"
                                        + " begins as soon as the one before has ended. Meanwhile"
                                        + " %d times, %d ms after the version before has answered,"
                                        + " another version of the jar is renamed into the drop"
                                        + " folder, and its first answer awaited, which is asked"
                                        + " for every millisecond. Every answer is checked: whole,"
                                        + " in order, from one version, and never from a version"
                                        + " that was replaced before.")
                                .formatted(
                                        STREAMS,
                                        CountingBinding.PIECES,
                                        CountingBinding.INTERVAL_MILLIS,
                                        bench.plan().swaps(),
                                        REST.toMillis()))
                .table(SwapFigures.DROP_COLUMNS, drops)
                .table(SwapFigures.STREAM_COLUMNS, streams);
    }

    private static SwapFigures measured(String isolation, Distribution distribution, Bench bench)
            throws IOException, InterruptedException {
        Path home = bench.folder("home");
        Path dropped = Files.createDirectories(home.resolve("bindings")).resolve("counting.jar");
        ProbeJar.packCounting(dropped);
        InstanceFile.write(home, "counting", "binding: counting\nisolation: " + isolation + "\n");
        List<Path> jars = versions(new BindingJar(dropped), bench);
        try (HostProcess host = HostProcess.start(distribution, home, Placement.ANYWHERE)) {
            during(host, dropped, swaps -> swaps.rest(bench.plan().warmUp()));
            List<CountedAnswer> still =
                    during(host, dropped, swaps -> swaps.rest(bench.plan().turn()));
            List<Long> drops = new ArrayList<>();
            List<CountedAnswer> swapping =
                    during(host, dropped, swaps -> drops.addAll(swaps.to(jars, REST)));
            return new SwapFigures(
                    isolation,
                    Samples.of(drops),
                    SwapFigures.Streams.of(still),
                    SwapFigures.Streams.of(swapping));
        }
    }

    private static List<Path> versions(BindingJar jar, Bench bench) throws IOException {
        Path folder = bench.folder("jars");
        List<Path> jars = new ArrayList<>();
        for (int i = 1; i <= bench.plan().swaps(); i++) {
            jars.add(jar.withVersion("1.0." + i, folder.resolve(i + ".jar")).file());
        }
        return jars;
    }

    private static List<CountedAnswer> during(HostProcess host, Path dropped, Phase phase)
            throws IOException, InterruptedException {
        AtomicInteger newest = new AtomicInteger();
        try (CountedCalls brief = new CountedCalls(host.address(), "counting/brief", 1, newest);
                Crowd crowd =
                        new Crowd(
                                () ->
                                        new CountedCalls(
                                                host.address(),
                                                "counting/slow",
                                                CountingBinding.PIECES,
                                                newest),
                                STREAMS,
                                STREAM)) {
            phase.pass(new Swaps(brief, dropped));
            return crowd.leave();
        }
    }
}
