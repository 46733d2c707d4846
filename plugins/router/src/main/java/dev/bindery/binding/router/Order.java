package dev.bindery.binding.router;

import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import java.util.zip.CRC32C;

/**
 * In which sequence a request asks targets: first those with a weight, drawn by weight, then the
 * others as the operator has them. Requests that stick together draw the same, whatever becomes of
 * other targets: only those of a target that is gone move, each to its own next.
 */
final class Order {
    private static final double SCALE = 1.0 / (1L << 53);

    private final RandomGenerator random;

    /**
     * @param random free for all threads
     */
    Order(RandomGenerator random) {
        this.random = random;
    }

    List<Target> of(List<Target> targets, Optional<String> sticky) {
        ToDoubleFunction<Target> draw =
                sticky.<ToDoubleFunction<Target>>map(key -> target -> fixed(key, target))
                        .orElse(_ -> 1 - random.nextDouble());
        Stream<Drawn> drawn =
                targets.stream()
                        .filter(target -> target.weight() > 0)
                        .map(target -> Drawn.of(target, draw.applyAsDouble(target)))
                        .sorted(Comparator.comparingDouble(Drawn::score));
        return Stream.concat(
                        drawn.map(Drawn::target),
                        targets.stream().filter(target -> target.weight() == 0))
                .toList();
    }

    /** A number over 0 and up to 1 that looks drawn, the same each time. */
    private static double fixed(String key, Target target) {
        CRC32C crc = new CRC32C();
        crc.update(key.getBytes(StandardCharsets.UTF_8));
        crc.update(0);
        crc.update(target.model().getBytes(StandardCharsets.UTF_8));
        return ((mixed(crc.getValue()) >>> 11) + 1) * SCALE;
    }

    /** Spreads what differs a little over all bits. */
    private static long mixed(long value) {
        long mixed = (value + 0x9E3779B97F4A7C15L) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 30)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** The least of such scores falls to each target as often as its weight says. */
    private record Drawn(Target target, double score) {
        static Drawn of(Target target, double number) {
            return new Drawn(target, -Math.log(number) / target.weight());
        }
    }
}
