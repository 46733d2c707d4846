package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.ChatRequest;
import dev.bindery.benchmarks.client.SingleCall;
import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.report.Samples;
import dev.bindery.benchmarks.report.Unit;
import dev.bindery.benchmarks.subject.BindingJar;
import dev.bindery.benchmarks.subject.HostProcess;
import dev.bindery.benchmarks.subject.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** From the end of a jar's copy into the drop folder to the first answer of its model. */
public final class DropToAnswer implements Measurement {
    private static final ChatRequest REQUEST = new ChatRequest("echo/echo", false);
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @Override
    public String name() {
        return "drop";
    }

    @Override
    public void run(Bench bench, Report report) throws IOException, InterruptedException {
        Path home = bench.folder("home");
        Path dropped = home.resolve("bindings/echo.jar");
        List<Long> nanos = new ArrayList<>();
        try (HostProcess host = HostProcess.start(bench.with("openai"), home, Placement.ANYWHERE)) {
            for (int i = 0; i < bench.plan().drops(); i++) {
                BindingJar jar = unseen(bench, i);
                Files.copy(jar.file(), dropped);
                long copied = System.nanoTime();
                awaitStatus(host, 200);
                nanos.add(System.nanoTime() - copied);
                Files.delete(dropped);
                awaitStatus(host, 404);
            }
        }
        Samples samples = Samples.of(nanos);
        report.section("Drop to first answer")
                .paragraph(
                        ("From the end of the copy of echo's jar into the drop folder of a running"
                                        + " host to the first answer with status 200, asked for"
                                        + " every millisecond; %d jars, none of them seen before.")
                                .formatted(samples.count()))
                .table(
                        List.of("median", "fastest", "slowest"),
                        List.of(
                                List.of(
                                        Unit.millis(samples.median()),
                                        Unit.millis(samples.min()),
                                        Unit.millis(samples.max()))));
    }

    private static BindingJar unseen(Bench bench, int index) throws IOException {
        Path copy = bench.folder("jar").resolve("echo.jar");
        return bench.distribution().jar("echo").withVersion("1.0." + index, copy);
    }

    private static void awaitStatus(HostProcess host, int wanted)
            throws IOException, InterruptedException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (status(host) != wanted) {
            if (System.nanoTime() > deadline) {
                throw new IOException("echo did not get to status " + wanted + " in " + PATIENCE);
            }
            Thread.sleep(1);
        }
    }

    private static int status(HostProcess host) throws IOException {
        try (SingleCall call = new SingleCall(host.address(), REQUEST)) {
            return call.status();
        }
    }
}
