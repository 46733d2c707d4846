package dev.bindery.host.call;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.LoadedModel;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import dev.bindery.host.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One running instance of one generation, as calls see it. Shared by all callers; made by the
 * lifecycle, which also shuts it.
 */
public final class Endpoint {
    private static final Duration TO_FREE = Duration.ofMinutes(1);

    private final String instance;
    private final BindingCard card;
    private final LlmBinding binding;
    private final CallThreads threads;
    private final CallReports reports;
    private final UnaryOperator<String> mask;
    private final boolean mayInterrupt;
    private final CallGate gate = new CallGate();
    private final Places places;
    private final ModelUse use;
    private final ModelSnapshot models;
    private final StuckCalls stuck;
    private final AtomicBoolean refreshing = new AtomicBoolean();
    private final CancellationSource end = new CancellationSource();
    private volatile Limits limits;

    /**
     * @param mask takes the secrets of the settings out of what errors say
     * @param mayInterrupt whether interrupting a call's thread harms nobody else
     */
    public Endpoint(
            String instance,
            BindingCard card,
            LlmBinding binding,
            CallThreads threads,
            Limits limits,
            ModelSnapshot models,
            CallReports reports,
            UnaryOperator<String> mask,
            boolean mayInterrupt) {
        this.instance = instance;
        this.card = card;
        this.binding = binding;
        this.threads = threads;
        this.limits = limits;
        this.models = models;
        this.reports = reports;
        this.mask = mask;
        this.mayInterrupt = mayInterrupt;
        this.places = new Places(limits.concurrency(), limits.queue(), System::nanoTime);
        this.stuck = new StuckCalls(gate, () -> reports.stuck(instance));
        this.use = new ModelUse(limits.unloadAfter(), System::nanoTime);
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
        use.limit(limits.unloadAfter());
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
        return stuck.count();
    }

    /** Lets no call in any more. */
    public void shut() {
        gate.shut();
    }

    /**
     * Waits for the calls in flight.
     *
     * @param stuckToo whether also for those that ignore their cancellation
     * @return false when there are calls still
     */
    public boolean awaitEmpty(Duration time, boolean stuckToo) throws InterruptedException {
        return gate.awaitEmpty(time, stuckToo);
    }

    /**
     * Cancels the calls in flight. Those that wait for a place go to the successor, where there is
     * one. To be called when this is shut.
     */
    public void cancelAll() {
        places.close();
        end.cancel();
    }

    /** Answers a request; empty when this is shut: ask the successor. */
    Optional<GenerationResult> generate(GenerationRequest request, AnswerSink sink, Errand errand) {
        Optional<Lease> lease =
                enter(request.model(), request.keepAlive(), request.cancellation(), total(request));
        return lease.map(held -> generate(request, sink, errand, held));
    }

    private GenerationResult generate(
            GenerationRequest request, AnswerSink sink, Errand errand, Lease lease) {
        CallClock clock = new CallClock(limits, total(request));
        GenerationCall call = new GenerationCall(errand, binding, request, sink, clock, lease);
        GenerationResult result = reported(CallKind.GENERATE, () -> run(call));
        if (call.isContradictory()) {
            reports.contradicted(instance);
        }
        return result;
    }

    private GenerationResult run(GenerationCall call) {
        try (var _ = end.onCancel(call::cancel)) {
            return call.run(threads);
        } catch (BindingException e) {
            throw masked(e);
        }
    }

    private <T> T reported(CallKind kind, Supplier<T> call) {
        try {
            T result = call.get();
            reports.succeeded(instance, kind);
            return result;
        } catch (BindingException e) {
            reports.failed(instance, kind, e);
            throw e;
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
                        lease(() -> refreshing.set(false)))
                .ifPresent(models::replace);
    }

    private Duration total(GenerationRequest request) {
        return request.remaining()
                .filter(left -> left.compareTo(limits.total()) < 0)
                .orElse(limits.total());
    }

    /**
     * Lets a call in, waits until the model can be used and takes a place.
     *
     * @return empty when this is shut, or has ended while the call waited for a place
     */
    private Optional<Lease> enter(
            String model, Optional<Duration> keep, Cancellation cancellation, Duration total) {
        if (!gate.enter()) {
            return Optional.empty();
        }
        Duration patience = total.compareTo(limits.firstToken()) < 0 ? total : limits.firstToken();
        try {
            use.begin(model, cancellation, patience);
        } catch (BindingException e) {
            gate.leave();
            throw e;
        }
        Runnable giveUp =
                () -> {
                    use.giveUp(model);
                    gate.leave();
                };
        return take(cancellation, patience, giveUp)
                .map(place ->
                        lease(() -> {
                            place.giveBack();
                            use.end(model, keep);
                        }));
    }

    private Optional<Places.Place> take(
            Cancellation cancellation, Duration patience, Runnable giveUp) {
        Optional<Places.Place> place = Optional.empty();
        try {
            place = places.take(cancellation, patience);
            return place;
        } finally {
            if (place.isEmpty()) {
                giveUp.run();
            }
        }
    }

    private Lease lease(Runnable giveBack) {
        return new Lease(gate, stuck, mayInterrupt, giveBack);
    }

    /** Any other call that a client makes; empty when this is shut: ask the successor. */
    <T> Optional<T> call(
            String model,
            CallKind kind,
            BindingCall<T> code,
            Cancellation cancellation,
            Errand errand) {
        return enter(model, Optional.empty(), cancellation, limits.total())
                .flatMap(lease ->
                        reported(
                                kind,
                                () -> run(code, cancellation, lease, limits.total(), errand)));
    }

    /**
     * Any other call on a model; empty when this is shut: ask the successor.
     *
     * @param keep for how long the model is to stay in memory after it, negative for ever
     */
    <T> Optional<T> call(
            String model, Optional<Duration> keep, BindingCall<T> code, Cancellation cancellation) {
        return enter(model, keep, cancellation, limits.total())
                .flatMap(lease -> run(code, cancellation, lease));
    }

    /** A call on no model; empty when this is shut: ask the successor. */
    <T> Optional<T> call(BindingCall<T> code, Cancellation cancellation) {
        if (!gate.enter()) {
            return Optional.empty();
        }
        return take(cancellation, limits.firstToken(), gate::leave)
                .flatMap(place -> run(code, cancellation, lease(place::giveBack)));
    }

    /**
     * The models in memory. Takes no place: it must not wait behind generations.
     *
     * @return empty when this is shut: ask the successor
     */
    Optional<List<LoadedModel>> loadedModels() {
        if (!gate.enter()) {
            return Optional.empty();
        }
        return run(
                        binding -> ResultShape.loaded(binding.loadedModels()),
                        Cancellation.NONE,
                        lease(() -> {}))
                .map(loaded -> loaded.stream().map(this::withEnd).toList());
    }

    /** Where the binding does not say when it frees a model, the host says when it does. */
    private LoadedModel withEnd(LoadedModel model) {
        return model.expires().isPresent()
                ? model
                : use.remaining(model.name())
                        .map(left -> model.toBuilder().expires(Instant.now().plus(left)).build())
                        .orElse(model);
    }

    /** Whether there may be models that are kept too long already. */
    public boolean mayHaveIdleModels() {
        return use.isLookDue();
    }

    /**
     * Frees the models that nobody has asked for longer than they are to be kept.
     *
     * @throws BindingException when the binding does not say which models are in memory
     */
    public void freeIdleModels(FreedModels heard) {
        new IdleModels(this, use).free(heard);
    }

    /** Frees a model; false when this is shut. */
    boolean destroy(String model) {
        return gate.enter()
                && run(
                                binding -> {
                                    binding.destroyModel(model);
                                    return true;
                                },
                                Cancellation.NONE,
                                lease(() -> {}),
                                TO_FREE,
                                null)
                        .isPresent();
    }

    private <T> Optional<T> run(BindingCall<T> code, Cancellation cancellation, Lease lease) {
        return run(code, cancellation, lease, limits.total(), null);
    }

    private <T> Optional<T> run(
            BindingCall<T> code,
            Cancellation cancellation,
            Lease lease,
            Duration total,
            @Nullable Errand errand) {
        BindingTask<T> task = new BindingTask<>(errand, () -> code.on(binding), lease);
        task.start(threads);
        try (var _ = cancellation.onCancel(task::cancel);
                var _ = end.onCancel(task::cancel)) {
            return Optional.of(outcome(task, total));
        } catch (BindingException e) {
            throw masked(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        } finally {
            task.cancel();
        }
    }

    private <T> T outcome(BindingTask<T> task, Duration total) throws InterruptedException {
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

    /** A call into a binding. */
    @FunctionalInterface
    interface BindingCall<T> {
        T on(LlmBinding binding) throws Exception;
    }
}
