package dev.bindery.host.generation;

import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.host.call.CallThreads;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Asks a binding how it is, on its own threads. One that does not answer holds up nobody for long,
 * and is not asked again until it has. Thread-safe.
 */
final class HealthCheck {
    private final LlmBinding binding;
    private final CallThreads threads;
    private final Duration limit;
    private final UnaryOperator<String> mask;
    private final AtomicReference<@Nullable CompletableFuture<Health>> asked =
            new AtomicReference<>();

    HealthCheck(
            LlmBinding binding, CallThreads threads, Duration limit, UnaryOperator<String> mask) {
        this.binding = binding;
        this.threads = threads;
        this.limit = limit;
        this.mask = mask;
    }

    /** What the binding says of itself; a fault while it says so is its answer. */
    Health now() {
        CompletableFuture<Health> answer = new CompletableFuture<>();
        CompletableFuture<Health> before = asked.compareAndExchange(null, answer);
        try {
            if (before == null) {
                threads.execute(() -> ask(answer));
            }
            return (before == null ? answer : before).get(limit.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return Health.degraded("health() does not return");
        } catch (RejectedExecutionException | ExecutionException e) {
            return Health.degraded("the instance is stopping");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Health.degraded("not known: the question was interrupted");
        }
    }

    private void ask(CompletableFuture<Health> answer) {
        Health health = Health.degraded("health() returned null");
        try {
            Health said = binding.health();
            if (said != null) {
                health = masked(said);
            }
        } catch (Throwable e) {
            health = Health.degraded("health() failed: " + e.getClass().getName());
        } finally {
            asked.set(null);
            answer.complete(health);
        }
    }

    private Health masked(Health health) {
        return Health.of(health.status(), mask.apply(health.reason()));
    }
}
