package dev.bindery.benchmarks.micro;

import dev.bindery.server.json.JsonText;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Writing a piece of an answer as JSON, which happens once for every token. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
@State(Scope.Thread)
public class ChunkText {
    private static final byte[] HEAD = JsonText.utf8("data: {\"choices\":[{\"delta\":");
    private static final byte[] END = JsonText.utf8("}]}\n\n");

    @Param({" token", " \"quoted\"\n", " Größe", " 文字列"})
    private String piece = "";

    private final JsonText out = new JsonText();

    @Benchmark
    public int chunk() {
        return out.clear().raw(HEAD).text(piece).raw(END).length();
    }
}
