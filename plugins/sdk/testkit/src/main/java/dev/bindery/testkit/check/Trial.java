package dev.bindery.testkit.check;

import dev.bindery.api.BindingCard;
import dev.bindery.api.GenerationRequest;
import dev.bindery.host.Home;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.bench.Bench;
import dev.bindery.testkit.bench.Given;
import dev.bindery.testkit.bench.HostSide;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.LogEar;
import dev.bindery.testkit.bench.Printing;
import dev.bindery.testkit.bench.Unit;
import dev.bindery.testkit.upstream.MockUpstream;
import dev.bindery.testkit.upstream.Script;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** One jar and everything that is needed to try it. For one thread. */
public final class Trial implements AutoCloseable {
    /** What a mock upstream says where a check does not care. */
    static final Script USUAL = Script.USUAL;

    private final BindingUnderTest subject;
    private final Path folder;
    private final Printing printing;
    private final HostSide host;
    private final Bench bench;

    private Trial(
            BindingUnderTest subject, Path folder, Printing printing, HostSide host, Bench bench) {
        this.subject = subject;
        this.folder = folder;
        this.printing = printing;
        this.host = host;
        this.bench = bench;
    }

    /**
     * Drops the jar into a host of its own and loads it.
     *
     * @throws dev.bindery.testkit.bench.Violation when a host would not take it
     */
    public static Trial of(BindingUnderTest subject) {
        LogEar.quieten();
        Path folder = temporaryFolder();
        Printing printing = Printing.watched();
        try {
            Home home = new Home(folder.resolve("home"));
            subject.upstream().ifPresent(upstream -> upstream.plays(USUAL));
            HostSide host = HostSide.open(subject, home);
            return new Trial(subject, folder, printing, host, opened(subject, home, host));
        } catch (RuntimeException | Error e) {
            printing.close();
            subject.upstream().ifPresent(MockUpstream::close);
            delete(folder);
            throw e;
        }
    }

    private static Bench opened(BindingUnderTest subject, Home home, HostSide host) {
        try {
            return Bench.open(subject, home, host.othersOnTheBench());
        } catch (RuntimeException | Error e) {
            host.close();
            throw e;
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("bindery-testkit");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public BindingUnderTest subject() {
        return subject;
    }

    BindingCard card() {
        return bench.card();
    }

    Given given() {
        return bench.given();
    }

    Bench bench() {
        return bench;
    }

    Printing printing() {
        return printing;
    }

    /** The host, with the binding at rest in it. */
    HostSide host() {
        return host;
    }

    /** The host, with the binding serving in it. */
    HostSide serving() throws Exception {
        bench.rest();
        play(USUAL);
        host.serve(given());
        return host;
    }

    /** A started object that can be expected to answer. */
    Unit unit() throws Exception {
        given().needComplete();
        host.rest();
        return bench.unit();
    }

    /** What is asked of it. */
    Questions questions() throws Exception {
        return Questions.of(this);
    }

    /** The usual question, as it was last made; for units that are not the shared one. */
    GenerationRequest usualQuestion() throws Exception {
        Questions questions = questions();
        GenerationRequest request = questions.cued(questions.usual());
        bench.rest();
        return request;
    }

    MockUpstream upstream() {
        return subject.upstream()
                .orElseThrow(() ->
                        new Inapplicable(
                                "it needs a provider that misbehaves, which only the suite has: BindingUnderTest.upstream(…)"));
    }

    /** Has the upstream play that from now on, where there is one. */
    void play(Script script) {
        subject.upstream().ifPresent(upstream -> upstream.plays(script));
    }

    /** Has the upstream play that from now on. */
    void mustPlay(Script script) {
        MockUpstream upstream = upstream();
        Inapplicable.unless(upstream.canPlay(script), "the mock upstream cannot play: " + script);
        upstream.plays(script);
    }

    @Override
    public void close() {
        try (printing;
                host;
                var _ = subject.upstream().orElse(NONE)) {
            bench.close();
        } finally {
            delete(folder);
        }
    }

    private static final MockUpstream NONE = _ -> {};

    private static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException _) {
            // A temporary folder of the machine; the system clears it in time.
        }
    }
}
