package dev.bindery.host.call;

import dev.bindery.api.BindingCard;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import dev.bindery.host.Limits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
    private final Admission admission;
    private final ModelSnapshot models;
    private final ClockWatch clocks = new ClockWatch();
    private final ModelRefresh refresh;
    private final CancellationSource end = new CancellationSource();
    private final CancellationSource endOfQuestions = new CancellationSource();

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
        this.models = models;
        this.reports = reports;
        this.mask = mask;
        this.admission = new Admission(limits, () -> reports.stuck(instance), mayInterrupt);
        this.refresh = new ModelRefresh(instance, admission, models, this::ask);
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

    /** How these are asked for anew. */
    ModelRefresh refresh() {
        return refresh;
    }

    /**
     * Asks the binding for its models at once; while it is being asked already, does nothing.
     *
     * @throws BindingException when it does not tell
     */
    public void refreshModels() {
        refresh.run();
    }

    private List<ModelInfo> ask(Lease lease) {
        return run(binding -> ResultShape.models(binding.availableModels()), endOfQuestions, lease);
    }

    public Limits limits() {
        return admission.limits();
    }

    /** Other limits for calls from now on. */
    public void limit(Limits limits) {
        admission.limit(limits);
    }

    /** Calls of clients in flight, those included that wait for a place. */
    public int calls() {
        return admission.gate().inside();
    }

    public int queuedCalls() {
        return admission.queuedCalls();
    }

    /** Calls that have ignored their cancellation and still run. */
    public int stuckCalls() {
        return admission.stuckCalls();
    }

    /** Lets no call in any more. */
    public void shut() {
        admission.shut();
    }

    /**
     * Waits for the calls in flight.
     *
     * @param stuckToo whether also for those that ignore their cancellation
     * @return false when there are calls still
     */
    public boolean awaitEmpty(Duration time, boolean stuckToo) throws InterruptedException {
        return admission.gate().awaitEmpty(time, stuckToo);
    }

    /**
     * Cancels the host's own questions, such as that for the models, and waits for their end.
     *
     * @return false when there are some still
     */
    public boolean endQuestions(Duration time) throws InterruptedException {
        endOfQuestions.cancel();
        return admission.questions().awaitEmpty(time, true);
    }

    /**
     * Cancels the calls in flight. Those that wait for a place go to the successor, where there is
     * one. To be called when this is shut.
     */
    public void cancelAll() {
        admission.closePlaces();
        end.cancel();
    }

    /** Answers a request; empty when this is shut: ask the successor. */
    Optional<GenerationResult> generate(GenerationRequest request, AnswerSink sink, Errand errand) {
        Duration total = total(request.remaining());
        return admission
                .toModel(request.model(), request.keepAlive(), request.cancellation(), total)
                .map(lease -> generate(request, sink, errand, lease, total));
    }

    private GenerationResult generate(
            GenerationRequest request,
            AnswerSink sink,
            Errand errand,
            Lease lease,
            Duration total) {
        CallClock clock = new CallClock(limits(), total);
        GenerationCall call =
                new GenerationCall(
                        errand, binding, request, sink, clock, GenerationCall.SLOW_CLIENT, lease);
        GenerationResult result = reported(CallKind.GENERATE, () -> run(call));
        if (call.isContradictory()) {
            reports.contradicted(instance);
        }
        return result;
    }

    private GenerationResult run(GenerationCall call) {
        clocks.begin(call);
        try (var _ = end.onCancel(call::cancel)) {
            return call.run(threads);
        } catch (BindingException e) {
            throw masked(e);
        } finally {
            clocks.end(call);
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

    private Duration total(Optional<Duration> remaining) {
        return remaining
                .filter(left -> left.compareTo(limits().total()) < 0)
                .orElse(limits().total());
    }

    /** Turns texts into vectors; empty when this is shut: ask the successor. */
    Optional<EmbeddingResult> embed(EmbeddingRequest request, Errand errand) {
        Duration total = total(request.remaining());
        EmbeddingRequest timed = request.toBuilder().timeLimit(total).build();
        return admission
                .toModel(request.model(), request.keepAlive(), request.cancellation(), total)
                .map(lease -> reported(CallKind.EMBED, () -> embed(timed, lease, total, errand)));
    }

    private EmbeddingResult embed(
            EmbeddingRequest request, Lease lease, Duration total, Errand errand) {
        return run(binding -> binding.embed(request), request.cancellation(), lease, total, errand);
    }

    /** Any other call that a client makes; empty when this is shut: ask the successor. */
    <T> Optional<T> call(
            String model,
            CallKind kind,
            BindingCall<T> code,
            Cancellation cancellation,
            Errand errand) {
        return admission
                .toModel(model, Optional.empty(), cancellation, limits().total())
                .map(lease ->
                        reported(
                                kind,
                                () -> run(code, cancellation, lease, limits().total(), errand)));
    }

    /**
     * Any other call on a model; empty when this is shut: ask the successor.
     *
     * @param keep for how long the model is to stay in memory after it, negative for ever
     */
    <T> Optional<T> call(
            String model, Optional<Duration> keep, BindingCall<T> code, Cancellation cancellation) {
        return admission
                .toModel(model, keep, cancellation, limits().total())
                .map(lease -> run(code, cancellation, lease));
    }

    /** A call on no model; empty when this is shut: ask the successor. */
    <T> Optional<T> call(BindingCall<T> code, Cancellation cancellation) {
        return admission.toPlace(cancellation).map(lease -> run(code, cancellation, lease));
    }

    /**
     * The models in memory. Takes no place: it must not wait behind generations.
     *
     * @return empty when this is shut: ask the successor
     */
    Optional<List<LoadedModel>> loadedModels() {
        return admission
                .question(() -> {})
                .map(lease ->
                        run(
                                binding -> ResultShape.loaded(binding.loadedModels()),
                                endOfQuestions,
                                lease))
                .map(loaded -> loaded.stream().map(this::withEnd).toList());
    }

    /** Where the binding does not say when it frees a model, the host says when it does. */
    private LoadedModel withEnd(LoadedModel model) {
        return model.expires().isPresent()
                ? model
                : admission
                        .use()
                        .remaining(model.name())
                        .map(left -> model.toBuilder().expires(Instant.now().plus(left)).build())
                        .orElse(model);
    }

    /** Whether there may be models that are kept too long already. */
    public boolean mayHaveIdleModels() {
        return admission.use().isLookDue();
    }

    /**
     * Frees the models that nobody has asked for longer than they are to be kept.
     *
     * @throws BindingException when the binding does not say which models are in memory
     */
    public void freeIdleModels(FreedModels heard) {
        new IdleModels(this, admission.use()).free(heard);
    }

    /** Frees a model; false when this is shut. */
    boolean destroy(String model) {
        BindingCall<Boolean> freed =
                binding -> {
                    binding.destroyModel(model);
                    return true;
                };
        return admission
                .question(() -> {})
                .map(lease -> run(freed, endOfQuestions, lease, TO_FREE, null))
                .isPresent();
    }

    private <T> T run(BindingCall<T> code, Cancellation cancellation, Lease lease) {
        return run(code, cancellation, lease, limits().total(), null);
    }

    private <T> T run(
            BindingCall<T> code,
            Cancellation cancellation,
            Lease lease,
            Duration total,
            @Nullable Errand errand) {
        BindingTask<T> task = new BindingTask<>(errand, () -> code.on(binding), lease);
        task.start(threads);
        try (var _ = cancellation.onCancel(task::cancel);
                var _ = end.onCancel(task::cancel)) {
            return outcome(task, total);
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
