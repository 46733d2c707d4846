package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.ModelInfo;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Asks one instance for its models, once at a time, and keeps its answer. Takes no place: a list
 * must not wait behind generations. Thread-safe.
 */
final class ModelRefresh {
    private final String instance;
    private final Admission admission;
    private final ModelSnapshot models;
    private final Function<Lease, List<ModelInfo>> question;
    private final AtomicReference<@Nullable CompletableFuture<Void>> asking =
            new AtomicReference<>();

    /**
     * @param models where the answer is kept
     * @param question asks the binding, and ends the lease
     */
    ModelRefresh(
            String instance,
            Admission admission,
            ModelSnapshot models,
            Function<Lease, List<ModelInfo>> question) {
        this.instance = instance;
        this.admission = admission;
        this.models = models;
        this.question = question;
    }

    /**
     * Asks at once; while it is being asked already, does nothing.
     *
     * @throws BindingException when it does not tell
     */
    void run() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        if (asking.compareAndSet(null, answered)) {
            ask(answered);
        }
    }

    /**
     * Has it asked in the background. While it is being asked already, it is asked once more after
     * that: the answer may be older than what the caller has done.
     *
     * @return is completed when it has answered or failed to
     */
    CompletableFuture<Void> begin() {
        CompletableFuture<Void> running = asking.get();
        return running == null ? beginNow() : running.thenCompose(_ -> beginNow());
    }

    private CompletableFuture<Void> beginNow() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        CompletableFuture<Void> running = asking.compareAndExchange(null, answered);
        if (running != null) {
            return running;
        }
        Thread.ofVirtual()
                .name("models-" + instance)
                .start(() -> {
                    try {
                        ask(answered);
                    } catch (BindingException _) {
                        // The list before stays.
                    }
                });
        return answered;
    }

    private void ask(CompletableFuture<Void> answered) {
        try {
            Optional<Lease> lease = admission.question(() -> asking.set(null));
            if (lease.isEmpty()) {
                asking.set(null);
                return;
            }
            models.replace(question.apply(lease.get()));
        } finally {
            answered.complete(null);
        }
    }
}
