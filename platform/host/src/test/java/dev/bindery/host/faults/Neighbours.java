package dev.bindery.host.faults;

import dev.bindery.host.Host;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/** Bindings that behave, called without a pause; every answer is checked. */
final class Neighbours {
    private static final Map<String, String> ANSWERS =
            Map.of("neighbour-a", "all is well here", "neighbour-b", "and so it is next door");
    private static final int CALLERS_OF_EACH = 2;
    private static final long PAUSE_NANOS = 2_000_000;

    private final HostHome home;
    private final AtomicLong answered = new AtomicLong();
    private final Queue<String> failures = new ConcurrentLinkedQueue<>();
    private final List<Thread> callers = new ArrayList<>();
    private volatile boolean ended;

    Neighbours(HostHome home) {
        this.home = home;
        ANSWERS.forEach((id, text) -> {
            home.install(BindingJar.answering(id, "1.0.0", text));
            for (int i = 0; i < CALLERS_OF_EACH; i++) {
                callers.add(Thread.ofPlatform().daemon().start(() -> call(id + "/m", text)));
            }
        });
    }

    private void call(String model, String expected) {
        while (!ended) {
            try {
                StringBuilder heard = new StringBuilder();
                Host host = home.host();
                String text =
                        host.models()
                                .generate(
                                        HostHome.request(model),
                                        operation -> {
                                            heard.append(operation.text());
                                            return true;
                                        })
                                .text();
                if (!text.equals(expected) || !heard.toString().equals(expected)) {
                    failures.add("%s answered `%s` and `%s`".formatted(model, heard, text));
                }
                answered.incrementAndGet();
            } catch (Throwable e) {
                failures.add(model + ": " + e);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
        }
    }

    long answered() {
        return answered.get();
    }

    List<String> failures() {
        return List.copyOf(failures);
    }

    void stop() throws InterruptedException {
        ended = true;
        for (Thread caller : callers) {
            caller.join();
        }
    }
}
