package dev.bindery.server;

import dev.bindery.host.Shell;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** A shell that says back what it is told, and waits at {@code wait} until it is interrupted. */
final class FakeShell implements Shell {
    final AtomicInteger open = new AtomicInteger();
    final CountDownLatch interrupted = new CountDownLatch(1);

    @Override
    public Session open() {
        open.incrementAndGet();
        return new Session() {
            @Override
            public Optional<String> run(String line, Consumer<String> output) {
                output.accept(line + "\n");
                if (line.equals("wait")) {
                    await();
                }
                return line.equals("fail") ? Optional.of("it failed") : Optional.empty();
            }

            @Override
            public void interrupt() {
                interrupted.countDown();
            }

            @Override
            public List<Completion> complete(String line) {
                return List.of(new Completion(line + "t", "the rest"));
            }

            @Override
            public void close() {
                interrupt();
                open.decrementAndGet();
            }
        };
    }

    private void await() {
        try {
            interrupted.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
