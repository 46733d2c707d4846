package dev.bindery.benchmarks.client;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Callers side by side, each asking again as soon as its answer has ended, until the crowd leaves.
 * They begin one after the other, so that their answers do not all begin and end at once.
 */
public final class Crowd implements AutoCloseable {
    /** Opens a connection. */
    public interface Door {
        CountedCalls open() throws IOException;
    }

    private final ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<List<CountedAnswer>>> answers = new ArrayList<>();
    private volatile boolean leaving;

    /**
     * @param within how long it takes until the last caller has begun
     */
    public Crowd(Door door, int callers, Duration within) {
        for (int i = 0; i < callers; i++) {
            Duration delay = within.multipliedBy(i).dividedBy(callers);
            answers.add(this.callers.submit(() -> ask(door, delay)));
        }
    }

    private List<CountedAnswer> ask(Door door, Duration delay)
            throws IOException, InterruptedException {
        List<CountedAnswer> whole = new ArrayList<>();
        Thread.sleep(delay);
        try (CountedCalls calls = door.open()) {
            while (!leaving) {
                whole.add(calls.ask());
            }
        }
        return whole;
    }

    /**
     * Lets every answer come to its end.
     *
     * @return all answers
     * @throws IOException when one was wrong
     */
    public List<CountedAnswer> leave() throws IOException, InterruptedException {
        leaving = true;
        List<CountedAnswer> all = new ArrayList<>();
        for (Future<List<CountedAnswer>> answer : answers) {
            try {
                all.addAll(answer.get());
            } catch (ExecutionException e) {
                throw new IOException("an answer was wrong: " + e.getCause(), e);
            }
        }
        return all;
    }

    @Override
    public void close() {
        callers.shutdownNow();
        callers.close();
    }
}
