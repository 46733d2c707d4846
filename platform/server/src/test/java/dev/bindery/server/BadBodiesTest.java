package dev.bindery.server;

import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bodies that no client sends, made from good ones: none gives a 500, a hang, or a connection that
 * the next request suffers from. {@code -Dfuzz.seed} and {@code -Dfuzz.count} try others, and more.
 */
class BadBodiesTest {
    private static final long SEED = Long.getLong("fuzz.seed", 20260101L);
    private static final int COUNT = Integer.getInteger("fuzz.count", 250);

    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        GoodBody.serveModel(served);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    static Stream<GoodBody> good() {
        return GoodBody.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("good")
    void areRefusedOrAnsweredAndTheConnectionGoesOn(GoodBody good) throws Exception {
        JsonMutator mutator = new JsonMutator(new Random(SEED + good.path().hashCode()));
        try (BodyTrial trial = new BodyTrial(served)) {
            for (int i = 0; i < COUNT; i++) {
                byte[] bad = mutator.mutate(good.json());
                trial.send(good.path(), bad, "seed %d, body %d".formatted(SEED, i));
            }
        }
    }
}
