package dev.bindery.benchmarks.measure;

import dev.bindery.benchmarks.client.ChatRequest;
import dev.bindery.benchmarks.client.ClosedLoop;
import dev.bindery.benchmarks.client.Tally;
import dev.bindery.benchmarks.subject.HostProcess;
import dev.bindery.benchmarks.subject.InstanceFile;
import dev.bindery.benchmarks.subject.LiteLlm;
import dev.bindery.benchmarks.subject.Nginx;
import dev.bindery.benchmarks.subject.Placement;
import dev.bindery.benchmarks.subject.Subject;
import dev.bindery.benchmarks.subject.Upstream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The mock upstream itself, nginx before it where there is one, LiteLLM before it where there is
 * one, and Bindery before it.
 */
final class Subjects implements AutoCloseable {
    private static final String MODEL = "openai/mock";

    /** Of the role, of fifty pieces, of the end. */
    private static final int EVENTS = 52;

    private final List<Subject> all = new ArrayList<>();

    private Subjects() {}

    /**
     * @param compared where all that stand before the upstream run
     * @param upstream where the upstream runs
     */
    static Subjects start(Bench bench, Placement compared, Placement upstream)
            throws IOException, InterruptedException {
        Subjects subjects = new Subjects();
        try {
            Upstream direct = Upstream.start(upstream);
            subjects.all.add(direct);
            Optional<Path> nginx = Nginx.program();
            if (nginx.isPresent()) {
                subjects.all.add(
                        Nginx.start(
                                nginx.get(), direct.address(), bench.folder("nginx"), compared));
            }
            Optional<Path> liteLlm = LiteLlm.program();
            if (liteLlm.isPresent()) {
                subjects.all.add(
                        LiteLlm.start(
                                liteLlm.get(),
                                direct.address(),
                                MODEL,
                                bench.folder("litellm"),
                                compared));
            }
            Path home = bench.folder("home");
            InstanceFile.openai(home, direct.address(), "mock");
            subjects.all.add(HostProcess.start(bench.with("openai"), home, compared));
            return subjects;
        } catch (IOException | InterruptedException e) {
            subjects.close();
            throw e;
        }
    }

    List<Subject> all() {
        return all;
    }

    /** All of them forth and back, so that a drift of the machine hits each alike. */
    List<Subject> turns(int rounds) {
        List<Subject> turns = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            turns.addAll(all);
            turns.addAll(all.reversed());
        }
        return turns;
    }

    /** A loop of requests, as all of them get it. */
    static ClosedLoop loop(boolean streamed, int connections) {

        return new ClosedLoop(new ChatRequest(MODEL, streamed), streamed ? EVENTS : 0, connections);
    }

    /** Uses each of them for a while before it is measured. */
    void warmUp(Bench bench, boolean streamed, int connections) throws IOException {
        for (Subject subject : all) {
            loop(streamed, connections)
                    .during(subject.address(), bench.plan().warmUp(), new Tally());
        }
    }

    @Override
    public void close() {
        all.reversed().forEach(Subject::close);
    }
}
