package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.ChatRequest;
import dev.bindery.benchmarks.client.SingleCall;
import dev.bindery.benchmarks.probe.EndlessUpstream;
import dev.bindery.benchmarks.probe.ProbeJar;
import dev.bindery.benchmarks.probe.Sightings;
import dev.bindery.benchmarks.probe.Witness;
import dev.bindery.benchmarks.report.Report;
import dev.bindery.benchmarks.report.Samples;
import dev.bindery.benchmarks.report.Unit;
import dev.bindery.benchmarks.subject.HostProcess;
import dev.bindery.benchmarks.subject.InstanceFile;
import dev.bindery.benchmarks.subject.Placement;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** From a client's closing of its connection to the moment when the work for it stops. */
public final class DisconnectToStop implements Measurement {
    /** How far the answer has got when the client leaves. */
    private record Situation(String name, String model, boolean streamed) {
        boolean talks() {
            return model.equals("talking");
        }
    }

    private static final List<Situation> SITUATIONS =
            List.of(
                    new Situation("not streamed, no answer yet", "silent", false),
                    new Situation("streamed, no token yet", "silent", true),
                    new Situation("in the middle of a stream", "talking", true));

    @Override
    public String name() {
        return "disconnect";
    }

    @Override
    public void run(Bench bench, Report report) throws IOException, InterruptedException {
        List<List<String>> rows = new ArrayList<>();
        Path home = bench.folder("home");
        try (Witness witness = new Witness();
                EndlessUpstream upstream = new EndlessUpstream()) {
            prepare(home, witness, upstream);
            try (HostProcess host =
                    HostProcess.start(bench.with("openai"), home, Placement.ANYWHERE)) {
                for (Situation situation : SITUATIONS) {
                    rows.add(
                            row(
                                    "the binding is told",
                                    "probe",
                                    situation,
                                    witness.sightings(),
                                    host,
                                    bench));
                }
                for (Situation situation : SITUATIONS) {
                    rows.add(
                            row(
                                    "the connection behind openai is closed",
                                    "openai",
                                    situation,
                                    upstream.sightings(),
                                    host,
                                    bench));
                }
            }
        }
        report.section("Disconnect to stop")
                .paragraph(
                        ("From the client's closing of its connection until the far end sees it;"
                                        + " %d clients each.")
                                .formatted(bench.plan().disconnects()))
                .table(List.of("until", "when the client leaves", "median", "slowest"), rows);
    }

    private static void prepare(Path home, Witness witness, EndlessUpstream upstream)
            throws IOException {
        ProbeJar.pack(Files.createDirectories(home.resolve("bindings")).resolve("probe.jar"));
        InstanceFile.write(
                home,
                "probe",
                "binding: probe\nsettings: {witness: %d}\n".formatted(witness.address().getPort()));
        InstanceFile.openai(home, upstream.address(), "silent, talking");
    }

    private static List<String> row(
            String until,
            String instance,
            Situation situation,
            Sightings farEnd,
            HostProcess host,
            Bench bench)
            throws IOException, InterruptedException {
        ChatRequest request =
                new ChatRequest(instance + "/" + situation.model(), situation.streamed());
        leave(host, request, situation, farEnd); // classes are loaded
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < bench.plan().disconnects(); i++) {
            nanos.add(leave(host, request, situation, farEnd));
        }
        Samples samples = Samples.of(nanos);
        return List.of(
                until, situation.name(), Unit.millis(samples.median()), Unit.millis(samples.max()));
    }

    private static long leave(
            HostProcess host, ChatRequest request, Situation situation, Sightings farEnd)
            throws IOException, InterruptedException {
        long left;
        try (SingleCall call = new SingleCall(host.address(), request)) {
            farEnd.awaitBegun();
            if (situation.talks()) {
                call.awaitText();
            }
            left = System.nanoTime();
        }
        return farEnd.awaitStopped() - left;
    }
}
