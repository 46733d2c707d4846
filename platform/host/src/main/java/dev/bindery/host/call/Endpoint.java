package dev.bindery.host.call;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.Limits;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One running instance of one generation, as calls see it. Shared by all callers; made by the
 * lifecycle, which also shuts it.
 */
public final class Endpoint {
    private final String instance;
    private final BindingCard card;
    private final LlmBinding binding;
    private final CallThreads threads;
    private final CallReports reports;
    private final CallGate gate = new CallGate();
    private final Places places;
    private final ModelSnapshot models;
    private final AtomicInteger stuck = new AtomicInteger();
    private final Set<Runnable> cancellers = ConcurrentHashMap.newKeySet();
    private volatile Limits limits;

    public Endpoint(
            String instance,
            BindingCard card,
            LlmBinding binding,
            CallThreads threads,
            Limits limits,
            ModelSnapshot models,
            CallReports reports) {
        this.instance = instance;
        this.card = card;
        this.binding = binding;
        this.threads = threads;
        this.limits = limits;
        this.models = models;
        this.reports = reports;
        this.places = new Places(limits.concurrency(), limits.queue());
    }

    public String instance() {
        return instance;
    }

    public BindingCard card() {
        return card;
    }

    /** The models that the instance had when it was last asked. */
    public ModelSnapshot models() {
        return models;
    }

    public Limits limits() {
        return limits;
    }

    /** Other limits for calls from now on. */
    public void limit(Limits limits) {
        this.limits = limits;
        places.resize(limits.concurrency(), limits.queue());
    }

    /** Calls in flight, those included that wait for a place. */
    public int calls() {
        return gate.inside();
    }

    public int queuedCalls() {
        return places.waiting();
    }

    /** Calls that have ignored their cancellation and still run. */
    public int stuckCalls() {
        return stuck.get();
    }

    /** Lets no call in any more. */
    public void shut() {
        gate.shut();
    }

    /** Waits for the calls in flight; false when the time was over before. */
    public boolean awaitEmpty(Duration time) throws InterruptedException {
        return gate.awaitEmpty(time);
    }

    /** Cancels the calls in flight. */
    public void cancelAll() {
        cancellers.forEach(Runnable::run);
    }

    /** Answers a request; empty when this is shut: ask the successor. */
    Optional<GenerationResult> generate(GenerationRequest request, AnswerSink sink) {
        if (!gate.enter()) {
            return Optional.empty();
        }
        takePlace(request.cancellation());
        CallClock clock = new CallClock(limits, total(request));
        GenerationCall call = new GenerationCall(binding, request, sink, clock, new Held());
        Runnable canceller = call::cancel;
        cancellers.add(canceller);
        try {
            GenerationResult result = call.run(threads);
            reports.succeeded(instance);
            if (call.isContradictory(result)) {
                reports.contradicted(instance);
            }
            return Optional.of(result);
        } catch (BindingException e) {
            reports.failed(instance, e);
            throw e;
        } finally {
            cancellers.remove(canceller);
        }
    }

    /** Asks the binding for its models at once. */
    public void refreshModels() {
        Optional<List<ModelInfo>> infos = call(LlmBinding::availableModels, Cancellation.NONE);
        infos.ifPresent(models::replace);
    }

    private Duration total(GenerationRequest request) {
        return request.remaining()
                .filter(left -> left.compareTo(limits.total()) < 0)
                .orElse(limits.total());
    }

    private void takePlace(Cancellation cancellation) {
        try {
            places.take(cancellation, limits.firstToken());
        } catch (BindingException e) {
            gate.leave();
            throw e;
        }
    }

    /** Any other call; empty when this is shut: ask the successor. */
    <T> Optional<T> call(BindingCall<T> code, Cancellation cancellation) {
        if (!gate.enter()) {
            return Optional.empty();
        }
        takePlace(cancellation);
        BindingTask<T> task = new BindingTask<>(() -> code.on(binding), new Held());
        task.start(threads);
        Runnable canceller = task::cancel;
        cancellers.add(canceller);
        try (var _ = cancellation.onCancel(canceller)) {
            return Optional.of(outcome(task, cancellation));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        } finally {
            cancellers.remove(canceller);
            task.cancel();
        }
    }

    private <T> T outcome(BindingTask<T> task, Cancellation cancellation)
            throws InterruptedException {
        Duration total = limits.total();
        if (!task.await(total)) {
            throw new BindingException(
                    ErrorCode.TIMEOUT,
                    "the call took longer than its limit of %d s".formatted(total.toSeconds()));
        }
        cancellation.throwIfCancelled();
        T result = task.outcome();
        if (result == null) {
            throw new BindingException(ErrorCode.INTERNAL, "the binding failed: it returned null");
        }
        return result;
    }

    /** A call into a binding. */
    @FunctionalInterface
    interface BindingCall<T> {
        T on(LlmBinding binding) throws Exception;
    }

    /** The lease and the place of one call, held until the binding's code has returned. */
    private final class Held implements BindingTask.Ending {
        private volatile boolean isStuck;

        @Override
        public void ended() {
            if (isStuck) {
                stuck.decrementAndGet();
            }
            places.giveBack();
            gate.leave();
        }

        @Override
        public void stuck() {
            isStuck = true;
            stuck.incrementAndGet();
            reports.stuck(instance);
        }

        @Override
        public boolean mayInterrupt() {
            return !card.uses().containsKey("http");
        }
    }
}
