package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.Caller;
import dev.bindery.api.Cancellation;
import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.RetryBudget;
import dev.bindery.api.TokenCount;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.Errand;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import dev.bindery.host.notification.AnnouncedProgress;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.presence.Roster;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Function;

/**
 * Leads each call to whoever serves its instance at that moment. A call that finds the gate of an
 * old generation shut goes on to the new one, so that nobody notices a swap.
 */
public final class Router implements ModelRouter {
    private static final Duration BEFORE_LOOKING_AGAIN = Duration.ofNanos(50_000);
    private static final Duration FOR_LISTS = Duration.ofSeconds(2);

    private final Roster<Endpoint> roster;
    private final Directory directory;
    private final Resolution resolution;
    private final EventLog events;

    public Router(Roster<Endpoint> roster, Directory directory, EventLog events) {
        this.events = events;
        this.roster = roster;
        this.directory = directory;
        this.resolution = new Resolution(roster, directory);
    }

    @Override
    public List<ServedModel> models() {
        return present().flatMap(endpoint -> endpoint.models().all().stream()).toList();
    }

    private java.util.stream.Stream<Endpoint> present() {
        return directory.order().stream().flatMap(instance -> roster.find(instance).stream());
    }

    @Override
    public List<ServedModel> availableModels() {
        return available(present().toList());
    }

    private static List<ServedModel> available(List<Endpoint> asked) {
        CompletableFuture<?>[] answers =
                asked.stream().map(Endpoint::beginRefresh).toArray(CompletableFuture<?>[]::new);
        await(CompletableFuture.allOf(answers));
        return asked.stream().flatMap(endpoint -> endpoint.models().offered().stream()).toList();
    }

    /** Who has not answered by then is shown as when last asked. */
    private static void await(CompletableFuture<Void> answers) {
        try {
            answers.get(FOR_LISTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException _) {
            // Their last good lists do.
        }
    }

    @Override
    public ServedModel resolve(String name) {
        Resolution.Target target = resolution.target(name);
        return resolution.model(present(target.instance()), target);
    }

    private Endpoint present(String instance) {
        return roster.find(instance).orElseThrow(() -> directory.absence(instance));
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        Resolution.Target target = resolution.target(request.model());
        return atEndpoint(
                target.instance(),
                endpoint -> {
                    Needs.check(request, resolution.model(endpoint, target));
                    RetryBudget budget = budget(request.retries(), endpoint);
                    return endpoint.generate(
                            request.toBuilder().model(target.model()).retries(budget).build(),
                            sink,
                            errand(target, request.caller(), budget));
                });
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Resolution.Target target = resolution.target(request.model());
        return atEndpoint(
                target.instance(),
                endpoint -> {
                    Needs.check(Capability.EMBEDDINGS, resolution.model(endpoint, target));
                    RetryBudget budget = budget(request.retries(), endpoint);
                    EmbeddingRequest forBinding =
                            request.toBuilder().model(target.model()).retries(budget).build();
                    return endpoint.embed(forBinding, errand(target, request.caller(), budget));
                });
    }

    /** The one budget of a request is that of the instance where it begins. */
    private static RetryBudget budget(RetryBudget given, Endpoint endpoint) {
        return given.equals(RetryBudget.UNLIMITED)
                ? RetryBudget.of(endpoint.limits().retries())
                : given;
    }

    /** What the instance is on, when it is asked now. */
    private static Errand errand(Resolution.Target target, Caller caller, RetryBudget budget) {
        return Errand.current()
                .orElseGet(Errand::beginning)
                .into(target.instance(), target.model(), caller, budget);
    }

    @Override
    public int[] tokenize(String model, String text) {
        Resolution.Target target = resolution.target(model);
        return call(
                target,
                Capability.TOKENIZE,
                CallKind.TOKENIZE,
                binding -> binding.tokenize(target.model(), text));
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        Resolution.Target target = resolution.target(model);
        return call(
                target,
                Capability.TOKENIZE,
                CallKind.DETOKENIZE,
                binding -> binding.detokenize(target.model(), tokens));
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        Resolution.Target target = resolution.target(request.model());
        GenerationRequest forBinding = request.toBuilder().model(target.model()).build();
        return atEndpoint(
                target.instance(),
                endpoint -> {
                    Needs.check(request, resolution.model(endpoint, target));
                    return endpoint.call(
                            target.model(),
                            CallKind.COUNT_TOKENS,
                            binding -> binding.countTokens(forBinding),
                            request.cancellation(),
                            errand(target, request.caller(), request.retries()));
                });
    }

    private <T> T call(
            Resolution.Target target,
            Capability needed,
            CallKind kind,
            Endpoint.BindingCall<T> code) {
        Caller caller = Errand.current().map(Errand::caller).orElse(Caller.UNKNOWN);
        return atEndpoint(
                target.instance(),
                endpoint -> {
                    Needs.check(needed, resolution.model(endpoint, target));
                    return endpoint.call(
                            target.model(),
                            kind,
                            code,
                            Errand.current().map(Errand::cancellation).orElse(Cancellation.NONE),
                            errand(target, caller, RetryBudget.UNLIMITED));
                });
    }

    @Override
    public void pull(String model, ProgressListener listener) {
        JsonObject instance = JsonObject.of("instance", toPull(model).instance());
        AnnouncedProgress progress =
                new AnnouncedProgress(events, "progress/pull", model, instance, listener);
        progress.during(() ->
                manage(model, target -> binding -> binding.pullModel(target, progress), progress));
    }

    /** Whoever asks to pull wants to know what can be pulled, not what is there. */
    private Resolution.Target toPull(String model) {
        try {
            return resolution.target(model);
        } catch (BindingException e) {
            if (!e.code().equals(ErrorCode.MODEL_NOT_FOUND)) {
                throw e;
            }
            throw resolution.notPullable(model, pullable());
        }
    }

    private List<String> pullable() {
        List<Endpoint> stores =
                present()
                        .filter(endpoint ->
                                endpoint.card().capabilities().contains(Capability.PULL))
                        .toList();
        return available(stores).stream()
                .filter(served -> !served.info().installed())
                .map(ServedModel::id)
                .toList();
    }

    @Override
    public void delete(String model) {
        manage(model, target -> binding -> binding.deleteModel(target), ProgressListener.IGNORE);
    }

    private void manage(String model, Function<String, Change> change, ProgressListener listener) {
        Resolution.Target target = resolution.target(model);
        atEndpoint(
                target.instance(),
                endpoint -> {
                    ServedModel asked = endpoint.models().served(ModelInfo.of(target.model()));
                    Needs.check(Capability.PULL, asked);
                    Optional<Boolean> done =
                            endpoint.call(
                                    change.apply(target.model()).then(true),
                                    listener.cancellation());
                    done.ifPresent(_ -> endpoint.refreshModels());
                    return done;
                });
    }

    /**
     * Has an instance run a command.
     *
     * @param arguments that fit the command's parameters
     */
    public JsonValue execute(
            String instance,
            String command,
            Map<String, JsonValue> arguments,
            ProgressListener listener) {
        return atEndpoint(
                instance,
                endpoint ->
                        endpoint.call(
                                binding -> binding.execute(command, arguments, listener),
                                listener.cancellation()));
    }

    @Override
    public void load(String model) {
        load(model, Optional.empty());
    }

    @Override
    public void load(String model, Duration keep) {
        load(model, Optional.of(keep));
    }

    private void load(String model, Optional<Duration> keep) {
        Resolution.Target target = resolution.target(model);
        Change change = binding -> binding.buildModel(target.model());
        atEndpoint(
                target.instance(),
                endpoint -> {
                    resolution.model(endpoint, target);
                    return endpoint.call(
                            target.model(), keep, change.then(true), Cancellation.NONE);
                });
    }

    @Override
    public void unload(String model) {
        Resolution.Target target = resolution.target(model);
        Change change = binding -> binding.destroyModel(target.model());
        atEndpoint(
                target.instance(), endpoint -> endpoint.call(change.then(true), Cancellation.NONE));
    }

    @Override
    public Map<String, List<LoadedModel>> loaded() {
        Map<String, List<LoadedModel>> loaded = new LinkedHashMap<>();
        present()
                .forEach(endpoint ->
                        loaded(endpoint)
                                .ifPresent(models -> loaded.put(endpoint.instance(), models)));
        return loaded;
    }

    /** One that does not answer takes nothing from the others. */
    private static Optional<List<LoadedModel>> loaded(Endpoint endpoint) {
        try {
            return endpoint.loadedModels();
        } catch (BindingException e) {
            return Optional.empty();
        }
    }

    private <T> T atEndpoint(String instance, Function<Endpoint, Optional<T>> call) {
        while (true) {
            Optional<T> result = roster.find(instance).flatMap(call);
            if (result.isPresent()) {
                return result.get();
            }
            if (roster.find(instance).isEmpty() && !comesBack(instance)) {
                throw directory.absence(instance);
            }
            LockSupport.parkNanos(BEFORE_LOOKING_AGAIN.toNanos());
        }
    }

    private boolean comesBack(String instance) {
        try {
            return directory.awaitReturn(instance);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        }
    }

    /** A call that returns nothing. */
    @FunctionalInterface
    private interface Change {
        void on(dev.bindery.api.LlmBinding binding) throws Exception;

        default Endpoint.BindingCall<Boolean> then(boolean result) {
            return binding -> {
                on(binding);
                return result;
            };
        }
    }
}
