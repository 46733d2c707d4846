package dev.bindery.host.call;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.Limits;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;

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
    private final UnaryOperator<String> mask;
    private final CallGate gate = new CallGate();
    private final Places places;
    private final ModelSnapshot models;
    private final AtomicInteger stuck = new AtomicInteger();
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final Set<Runnable> cancellers = ConcurrentHashMap.newKeySet();
    private volatile Limits limits;

    /**
     * @param mask takes the secrets of the settings out of what errors say
     */
    public Endpoint(
            String instance,
            BindingCard card,
            LlmBinding binding,
            CallThreads threads,
            Limits limits,
            ModelSnapshot models,
            CallReports reports,
            UnaryOperator<String> mask) {
        this.instance = instance;
        this.card = card;
        this.binding = binding;
        this.threads = threads;
        this.limits = limits;
        this.models = models;
        this.reports = reports;
        this.mask = mask;
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
        takePlace(request.cancellation(), total(request));
        CallClock clock = new CallClock(limits, total(request));
        GenerationCall call = new GenerationCall(binding, request, sink, clock, new Held());
        Runnable canceller = call::cancel;
        cancellers.add(canceller);
        try {
            GenerationResult result = call.run(threads);
            reports.succeeded(instance);
            if (call.isContradictory()) {
                reports.contradicted(instance);
            }
            return Optional.of(result);
        } catch (BindingException e) {
            BindingException masked = masked(e);
            reports.failed(instance, masked);
            throw masked;
        } finally {
            cancellers.remove(canceller);
        }
    }

    private BindingException masked(BindingException e) {
        return Failures.reworded(e, mask);
    }

    /**
     * Asks the binding for its models at once; while it is being asked already, does nothing. Takes
     * no place: a list must not wait behind generations.
     */
    public void refreshModels() {
        if (!refreshing.compareAndSet(false, true)) {
            return;
        }
        if (!gate.enter()) {
            refreshing.set(false);
            return;
        }
        run(
                        binding -> ResultShape.models(binding.availableModels()),
                        Cancellation.NONE,
                        new Held(() -> refreshing.set(false)))
                .ifPresent(models::replace);
    }

    private Duration total(GenerationRequest request) {
        return request.remaining()
                .filter(left -> left.compareTo(limits.total()) < 0)
                .orElse(limits.total());
    }

    private void takePlace(Cancellation cancellation, Duration total) {
        Duration patience = limits.firstToken();
        try {
            places.take(cancellation, total.compareTo(patience) < 0 ? total : patience);
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
        takePlace(cancellation, limits.total());
        return run(code, cancellation, new Held());
    }

    private <T> Optional<T> run(BindingCall<T> code, Cancellation cancellation, Held held) {
        BindingTask<T> task = new BindingTask<>(() -> code.on(binding), held);
        task.start(threads);
        Runnable canceller = task::cancel;
        cancellers.add(canceller);
        try (var _ = cancellation.onCancel(canceller)) {
            return Optional.of(outcome(task));
        } catch (BindingException e) {
            throw masked(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        } finally {
            cancellers.remove(canceller);
            task.cancel();
        }
    }

    private <T> T outcome(BindingTask<T> task) throws InterruptedException {
        Duration total = limits.total();
        if (!task.awaitSettled(total)) {
            throw new BindingException(
                    ErrorCode.TIMEOUT,
                    "the call took longer than its limit of %d s".formatted(total.toSeconds()));
        }
        if (!task.isDone()) {
            throw BindingException.cancelled();
        }
        T result = task.outcome();
        if (result == null) {
            throw new BindingException(ErrorCode.INTERNAL, "the binding failed: it returned null");
        }
        return result;
    }

    private enum Fate {
        RUNNING,
        STUCK,
        ENDED
    }

    /** A call into a binding. */
    @FunctionalInterface
    interface BindingCall<T> {
        T on(LlmBinding binding) throws Exception;
    }

    /** The lease and the place of one call, held until the binding's code has returned. */
    private final class Held implements BindingTask.Ending {
        private final Runnable giveBack;
        private final AtomicReference<Fate> fate = new AtomicReference<>(Fate.RUNNING);

        Held() {
            this(places::giveBack);
        }

        Held(Runnable giveBack) {
            this.giveBack = giveBack;
        }

        @Override
        public void ended() {
            if (fate.getAndSet(Fate.ENDED) == Fate.STUCK) {
                stuck.decrementAndGet();
            }
            giveBack.run();
            gate.leave();
        }

        @Override
        public void stuck() {
            stuck.incrementAndGet();
            if (fate.compareAndSet(Fate.RUNNING, Fate.STUCK)) {
                reports.stuck(instance);
            } else {
                stuck.decrementAndGet();
            }
        }

        @Override
        public boolean mayInterrupt() {
            return !card.uses().containsKey("http");
        }
    }
}
