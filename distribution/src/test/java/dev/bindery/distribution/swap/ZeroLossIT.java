package dev.bindery.distribution.swap;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.distribution.LiveHost;
import dev.bindery.distribution.Soak;
import dev.bindery.distribution.sequence.Origin;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Whatever an operator changes, and however often, no client that is answered meanwhile loses,
 * repeats or mixes up a piece of its answer, and none is turned away.
 */
class ZeroLossIT {
    private static final int CLIENTS_OF_EACH_SORT = 64;

    /** A starting process takes its time, and two cores from the rest. */
    private static final List<Change> QUICK =
            List.copyOf(EnumSet.complementOf(EnumSet.of(Change.INSTALLED_BY_COMMAND)));

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({"classloader, 40", "process, 10"})
    void noAnswerIsLostUnderAnyChange(String isolation, int generations) throws Exception {
        long seed = System.nanoTime();
        try (LiveHost host = LiveHost.start(folder.resolve("home"))) {
            Operator operator = new Operator(host, isolation);
            operator.begin();
            try (Clients clients = new Clients(host.v1(), CLIENTS_OF_EACH_SORT, operator::oldest)) {
                List<Change> made = work(operator, clients, generations, new Random(seed));
                clients.leave();
                report(isolation, made, clients);
                assertThat(clients.failures()).as("seed %d, changes %s", seed, made).isEmpty();
                assertThat(clients.generations()).isGreaterThanOrEqualTo(generations);
                assertThat(clients.origins().stream().map(Origin::live).distinct())
                        .as("settings that were applied live")
                        .hasSizeGreaterThan(2);
                assertThat(clients.origins().stream().map(Origin::fresh).distinct())
                        .as("settings that came with a fresh instance")
                        .hasSizeGreaterThan(2);
            }
        }
    }

    /** Every change once, then any, until enough was seen or something went wrong. */
    private static List<Change> work(
            Operator operator, Clients clients, int generations, Random random) throws Exception {
        List<Change> made = new ArrayList<>();
        List<Change> first = new ArrayList<>(Arrays.asList(Change.values()));
        Collections.shuffle(first, random);
        first.addAll(List.of(Change.SET_LIVE, Change.SET_BY_A_FRESH_INSTANCE));
        Optional<Long> end =
                Soak.time().map(Duration::toNanos).map(time -> time + System.nanoTime());
        while (clients.failures().isEmpty()
                && (!first.isEmpty()
                        || end.map(nanos -> System.nanoTime() < nanos)
                                .orElse(clients.generations() < generations))) {
            Change next =
                    first.isEmpty() ? QUICK.get(random.nextInt(QUICK.size())) : first.removeLast();
            operator.make(next);
            made.add(next);
        }
        return made;
    }

    private static void report(String isolation, List<Change> made, Clients clients) {
        System.out.printf(
                "%s: %d changes, %d generations, %d answers, %d failures%n",
                isolation,
                made.size(),
                clients.generations(),
                clients.answers(),
                clients.failures().size());
    }
}
