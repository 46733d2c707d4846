package dev.bindery.distribution.walk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.distribution.Soak;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many random walks, each from a seed. The one that failed is walked again with {@code
 * -Dwalk.seed=SEED}, {@code -Dwalk.count=1}.
 */
class RandomWalkIT {
    private static final int USUAL_COUNT = 50;
    private static final int AT_ONCE = 4;

    @TempDir Path folder;

    @Test
    void afterEveryStepTheHostIsAsTheModelSays() throws Exception {
        long first = Long.getLong("walk.seed", 1);
        int count = Soak.times("walk.count", USUAL_COUNT);
        ConcurrentLinkedQueue<String> failures = new ConcurrentLinkedQueue<>();
        AtomicInteger steps = new AtomicInteger();
        AtomicInteger next = new AtomicInteger();
        List<Thread> walkers =
                IntStream.range(0, Math.min(AT_ONCE, count))
                        .mapToObj(_ ->
                                Thread.ofPlatform()
                                        .start(() -> {
                                            for (int i = next.getAndIncrement();
                                                    i < count;
                                                    i = next.getAndIncrement()) {
                                                walk(first + i, failures, steps);
                                            }
                                        }))
                        .toList();
        for (Thread walker : walkers) {
            walker.join();
        }
        System.out.printf("%d walks from seed %d on, %d steps%n", count, first, steps.get());
        assertThat(failures).isEmpty();
        assertThat(steps).hasValueGreaterThan(5 * count);
    }

    private void walk(long seed, ConcurrentLinkedQueue<String> failures, AtomicInteger steps) {
        try {
            Path own = Files.createDirectory(folder.resolve("walk" + seed));
            try (Walk walk = new Walk(seed, own)) {
                steps.addAndGet(walk.go());
            }
        } catch (Exception | AssertionError e) {
            failures.add("seed %d: %s".formatted(seed, e));
        }
    }
}
