package dev.bindery.binding.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests without a pause, while the operator does what operators do to targets and routes. */
class LoadTest {
    private static final int CALLERS = 16;

    @TempDir Path folder;

    @Test
    void whateverBecomesOfATargetNoRequestFails() throws Exception {
        try (RoutedHost hosted = new RoutedHost(folder)) {
            hosted.routes("first", List.of("aa/m", "bb/m"));
            Queue<String> wrong = new ConcurrentLinkedQueue<>();
            AtomicInteger answered = new AtomicInteger();
            List<Thread> callers = new ArrayList<>();
            for (int i = 0; i < CALLERS; i++) {
                callers.add(Thread.ofVirtual().start(() -> ask(hosted, answered, wrong)));
            }
            for (int round = 0; round < 4; round++) {
                disturb(hosted, round, answered, wrong);
            }
            callers.forEach(Thread::interrupt);
            for (Thread caller : callers) {
                caller.join();
            }

            assertThat(wrong).isEmpty();
        }
    }

    private static void ask(RoutedHost hosted, AtomicInteger answered, Queue<String> wrong) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                String text = hosted.ask("router/first");
                answered.incrementAndGet();
                if (!text.equals("I am aa") && !text.equals("I am bb")) {
                    wrong.add(text);
                }
            } catch (RuntimeException e) {
                if (!Thread.currentThread().isInterrupted()) {
                    wrong.add(e.toString());
                }
            }
        }
    }

    private static void disturb(
            RoutedHost hosted, int round, AtomicInteger answered, Queue<String> wrong)
            throws Exception {
        hosted.target("aa", "1.0." + (round + 1), "");
        some(answered, wrong);
        hosted.host().bindings().disable("aa");
        some(answered, wrong);
        hosted.host().bindings().enable("aa");
        some(answered, wrong);
        hosted.host().bindings().uninstall("aa");
        some(answered, wrong);
        hosted.target("aa", "1.0." + (round + 1), "");
        some(answered, wrong);
        hosted.host().bindings().reload("bb");
        some(answered, wrong);
        hosted.set("router", "breaker_pause_s", round + 1);
        hosted.routes("first", List.of("bb/m", "aa/m"));
        some(answered, wrong);
        hosted.host().bindings().reload("router");
        some(answered, wrong);
        hosted.routes("first", List.of("aa/m", "bb/m"));
    }

    /** Some requests go by. */
    private static void some(AtomicInteger answered, Queue<String> wrong) throws Exception {
        int enough = answered.get() + 4 * CALLERS;
        RoutedHost.await("requests", () -> answered.get() >= enough || !wrong.isEmpty());
    }
}
