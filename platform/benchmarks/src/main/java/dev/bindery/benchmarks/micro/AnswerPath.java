package dev.bindery.benchmarks.micro;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.benchmarks.subject.Distribution;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.ServedModel;
import dev.bindery.host.embedded.EmbeddedHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What a host itself costs, without HTTP: naming a model, and an answer's way from its binding. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
@State(Scope.Benchmark)
@NullUnmarked // JMH fills the fields
public class AnswerPath {
    private Path home;
    private Host host;
    private GenerationRequest oneWord;
    private GenerationRequest fiftyWords;

    @Setup
    public void start() throws IOException {
        home = Files.createTempDirectory("bindery-micro");
        host = EmbeddedHost.start(HostOptions.of(home));
        Distribution distribution =
                new Distribution(Path.of(System.getProperty("bindery.distribution")));
        host.bindings().install(distribution.jar("echo").file());
        oneWord = chat("word");
        fiftyWords = chat("word ".repeat(50));
    }

    @TearDown
    public void stop() throws IOException {
        host.close();
        try (Stream<Path> files = Files.walk(home)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    @Benchmark
    public ServedModel resolveAName() {
        return host.models().resolve("echo/echo");
    }

    @Benchmark
    public GenerationResult answerOfOnePiece() {
        return host.models().generate(oneWord, _ -> true);
    }

    @Benchmark
    public GenerationResult answerOfFiftyPieces() {
        return host.models().generate(fiftyWords, _ -> true);
    }

    private static GenerationRequest chat(String text) {
        return GenerationRequest.chat("echo/echo", List.of(Message.user(text))).build();
    }
}
