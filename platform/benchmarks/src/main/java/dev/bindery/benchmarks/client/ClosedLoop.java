package dev.bindery.benchmarks.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Connections that each ask, wait for the whole answer, and ask again. One thread, so that the
 * client takes little from what it measures. Every answer is checked.
 *
 * @param request what each asks
 * @param events how many events an answer has: those of a stream, 0 of a whole one
 * @param connections how many ask at once
 */
public record ClosedLoop(ChatRequest request, int events, int connections) {
    /** Asks that many times. */
    public void times(InetSocketAddress address, int times, Tally tally) throws IOException {
        int end = tally.answers() + times;
        run(address, tally, () -> tally.answers() < end);
    }

    /** Asks for that long. */
    public void during(InetSocketAddress address, Duration time, Tally tally) throws IOException {
        long end = System.nanoTime() + time.toNanos();
        run(address, tally, () -> System.nanoTime() < end);
    }

    private void run(InetSocketAddress address, Tally tally, BooleanSupplier goesOn)
            throws IOException {
        List<Caller> callers = new ArrayList<>();
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                Caller caller = new Caller(address, request.bytes(), events, tally);
                callers.add(caller);
                caller.register(selector);
            }
            long start = System.nanoTime();
            for (Caller caller : callers) {
                caller.ask();
            }
            converse(selector, goesOn);
            tally.ran(System.nanoTime() - start);
        } finally {
            for (Caller caller : callers) {
                caller.close();
            }
        }
    }

    private static void converse(Selector selector, BooleanSupplier goesOn) throws IOException {
        int running = selector.keys().size();
        while (running > 0) {
            selector.select();
            for (SelectionKey key : selector.selectedKeys()) {
                Caller caller = (Caller) key.attachment();
                if (caller.read()) {
                    if (goesOn.getAsBoolean()) {
                        caller.ask();
                    } else {
                        running--;
                    }
                }
            }
            selector.selectedKeys().clear();
        }
    }
}
