package dev.bindery.binding.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OrderTest {
    private static final Target A = new Target("a/m", 3);
    private static final Target B = new Target("b/m", 1);
    private static final Target LAST = new Target("c/m", 0);
    private static final Target VERY_LAST = new Target("d/m", 0);

    private final Order order = new Order(new SplittableRandom(7));

    @Test
    void withoutWeightsItIsTheOperatorsOrder() {
        assertThat(order.of(List.of(LAST, VERY_LAST), Optional.empty()))
                .containsExactly(LAST, VERY_LAST);
    }

    @Test
    void eachTargetComesFirstAsOftenAsItsWeightSaysAndThoseWithoutComeLast() {
        Map<Target, Integer> first = new HashMap<>();
        for (int i = 0; i < 20_000; i++) {
            List<Target> drawn = order.of(List.of(LAST, A, VERY_LAST, B), Optional.empty());
            first.merge(drawn.getFirst(), 1, Integer::sum);
            assertThat(drawn.subList(2, 4)).containsExactly(LAST, VERY_LAST);
        }

        assertThat(first.get(A) / 20_000.0).isCloseTo(0.75, within(0.02));
        assertThat(first.keySet()).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void whatSticksTogetherDrawsTheSameAndIsSpreadByWeightAllTheSame() {
        List<Target> targets = List.of(A, B);
        long toA =
                IntStream.range(0, 20_000)
                        .filter(i -> {
                            List<Target> drawn = order.of(targets, Optional.of("session " + i));
                            assertThat(order.of(targets.reversed(), Optional.of("session " + i)))
                                    .isEqualTo(drawn);
                            return drawn.getFirst().equals(A);
                        })
                        .count();

        assertThat(toA / 20_000.0).isCloseTo(0.75, within(0.02));
    }

    @Test
    void whenATargetGoesOnlyItsOwnMove() {
        Target third = new Target("e/m", 2);
        for (int i = 0; i < 1000; i++) {
            Optional<String> key = Optional.of("key " + i);
            List<Target> before = order.of(List.of(A, B, third), key);
            List<Target> after = order.of(List.of(A, B), key);
            if (before.getFirst().equals(third)) {
                assertThat(after.getFirst()).isEqualTo(before.get(1));
            } else {
                assertThat(after.getFirst()).isEqualTo(before.getFirst());
            }
        }
    }
}
