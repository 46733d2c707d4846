package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.ChatRequest;
import dev.bindery.benchmarks.client.SingleCall;
import dev.bindery.benchmarks.probe.EndlessUpstream;
import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.report.Samples;
import dev.bindery.benchmarks.report.Unit;
import dev.bindery.benchmarks.subject.Footprint;
import dev.bindery.benchmarks.subject.HostProcess;
import dev.bindery.benchmarks.subject.InstanceFile;
import dev.bindery.benchmarks.subject.Placement;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What many clients cost that say nothing, do not read, or come and go; and what others notice. */
public final class Connections implements Measurement {
    private static final int STREAMS = 1_000;
    private static final int DEAF = 50;
    private static final int VISITS = 10_000;
    private static final int CALLS = 300;
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private final List<List<String>> rows = new ArrayList<>();
    private final List<SingleCall> clients = new ArrayList<>();

    @Override
    public String name() {
        return "connections";
    }

    @Override
    public void run(Bench bench, Report report) throws IOException, InterruptedException {
        Path home = bench.folder("home");
        try (EndlessUpstream upstream = new EndlessUpstream()) {
            InstanceFile.write(home, "openai", instance(upstream));
            try (HostProcess host =
                    HostProcess.start(bench.with("echo", "openai"), home, Placement.ANYWHERE)) {
                ask(host, 3 * CALLS); // classes are loaded, code is compiled
                double usual = row("at first", host, 0);
                open(host, "openai/pausing", STREAMS);
                row(
                        "%,d streams, each silent after its first piece".formatted(STREAMS),
                        host,
                        usual);
                close();
                row("after they left", host, usual);
                open(host, "openai/talking", DEAF);
                row("%d clients that do not read their streams".formatted(DEAF), host, usual);
                close();
                visit(host);
                row("after %,d connections came and went".formatted(VISITS), host, usual);
            }
        }
        report.section("Connections")
                .paragraph(
                        ("The host process meanwhile, %d s after each change; and the median of %d"
                                        + " short answers of `echo` to one other client, as a"
                                        + " multiple of that at first.")
                                .formatted(SETTLING.toSeconds(), CALLS))
                .table(List.of("while", "memory", "open files", "another's answer"), rows);
    }

    private static String instance(EndlessUpstream upstream) {
        return """
        binding: openai
        settings:
          api_key: none
          base_url: http://127.0.0.1:%d/v1
          models: [pausing, talking]
        limits: {concurrency: %d}
        """
                .formatted(upstream.address().getPort(), 2 * STREAMS);
    }

    private void open(HostProcess host, String model, int count) throws IOException {
        for (int i = 0; i < count; i++) {
            SingleCall call = new SingleCall(host.address(), new ChatRequest(model, true));
            clients.add(call);
            call.awaitText();
        }
    }

    private void close() throws IOException {
        for (SingleCall client : clients) {
            client.close();
        }
        clients.clear();
    }

    /** Nothing said, half a request, a whole one; and gone, without waiting for the answer. */
    private static void visit(HostProcess host) throws IOException {
        List<String> said =
                List.of("", "GET /v1/mod", "GET /v1/models HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
        for (int i = 0; i < VISITS; i++) {
            try (Socket socket =
                    new Socket(host.address().getAddress(), host.address().getPort())) {
                socket.getOutputStream()
                        .write(said.get(i % said.size()).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }

    private double row(String what, HostProcess host, double usual)
            throws IOException, InterruptedException {
        Thread.sleep(SETTLING);
        double median = ask(host, CALLS).median();
        rows.add(
                List.of(
                        what,
                        Footprint.residentBytes(host.process())
                                .map(Unit::megabytes)
                                .orElse("unknown"),
                        Footprint.openFiles(host.process()).map(String::valueOf).orElse("unknown"),
                        Unit.ratio(usual == 0 ? 1 : median / usual)));
        return median;
    }

    private static Samples ask(HostProcess host, int calls) throws IOException {
        ChatRequest request = new ChatRequest("echo/echo", false);
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < calls; i++) {
            long start = System.nanoTime();
            try (SingleCall call = new SingleCall(host.address(), request)) {
                int status = call.status();
                if (status != 200) {
                    throw new IOException("answered " + status);
                }
                nanos.add(System.nanoTime() - start);
            }
        }
        return Samples.of(nanos);
    }
}
