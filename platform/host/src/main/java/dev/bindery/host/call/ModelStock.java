package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.ServedModel;
import dev.bindery.host.notification.AnnouncedProgress;
import dev.bindery.host.notification.EventLog;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/** Which models there could be, which are in memory, and how they come and go. Thread-safe. */
final class ModelStock {
    private static final Duration FOR_LISTS = Duration.ofSeconds(2);

    private final Endpoints endpoints;
    private final EventLog events;

    ModelStock(Endpoints endpoints, EventLog events) {
        this.endpoints = endpoints;
        this.events = events;
    }

    /** All that could be used or pulled, asked for now; who takes long shows its last list. */
    List<ServedModel> available() {
        return available(endpoints.present().toList());
    }

    private static List<ServedModel> available(List<Endpoint> asked) {
        CompletableFuture<?>[] answers =
                asked.stream()
                        .map(endpoint -> endpoint.refresh().begin())
                        .toArray(CompletableFuture<?>[]::new);
        await(CompletableFuture.allOf(answers));
        return asked.stream().flatMap(endpoint -> endpoint.models().offered().stream()).toList();
    }

    private static void await(CompletableFuture<Void> answers) {
        try {
            answers.get(FOR_LISTS.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } catch (TimeoutException | ExecutionException _) {
            // Their last good lists do.
        }
    }

    void pull(String model, ProgressListener listener) {
        JsonObject instance = JsonObject.of("instance", toPull(model).instance());
        AnnouncedProgress progress =
                new AnnouncedProgress(events, "progress/pull", model, instance, listener);
        progress.during(() ->
                manage(model, target -> binding -> binding.pullModel(target, progress), progress));
    }

    /** Whoever asks to pull wants to know what can be pulled, not what is there. */
    private Resolution.Target toPull(String model) {
        try {
            return endpoints.resolution().target(model);
        } catch (BindingException e) {
            if (!e.code().equals(ErrorCode.MODEL_NOT_FOUND)) {
                throw e;
            }
            throw endpoints.resolution().notPullable(model, pullable());
        }
    }

    private List<String> pullable() {
        List<Endpoint> stores =
                endpoints
                        .present()
                        .filter(endpoint ->
                                endpoint.card().capabilities().contains(Capability.PULL))
                        .toList();
        return available(stores).stream()
                .filter(served -> !served.info().installed())
                .map(ServedModel::id)
                .toList();
    }

    void delete(String model) {
        manage(model, target -> binding -> binding.deleteModel(target), ProgressListener.IGNORE);
    }

    private void manage(String model, Function<String, Change> change, ProgressListener listener) {
        Resolution.Target target = endpoints.resolution().target(model);
        endpoints.at(
                target.instance(),
                endpoint -> {
                    ServedModel asked = endpoint.models().served(ModelInfo.of(target.model()));
                    Needs.check(Capability.PULL, asked);
                    Optional<Boolean> done =
                            endpoint.call(
                                    change.apply(target.model()).then(true),
                                    listener.cancellation());
                    done.ifPresent(_ -> endpoint.refresh().run());
                    return done;
                });
    }

    /**
     * @param keep for how long it is to stay in memory, negative for ever
     */
    void load(String model, Optional<Duration> keep) {
        Resolution.Target target = endpoints.resolution().target(model);
        Change change = binding -> binding.buildModel(target.model());
        endpoints.at(
                target.instance(),
                endpoint -> {
                    endpoints.resolution().model(endpoint, target);
                    return endpoint.call(
                            target.model(), keep, change.then(true), Cancellation.NONE);
                });
    }

    void unload(String model) {
        Resolution.Target target = endpoints.resolution().target(model);
        Change change = binding -> binding.destroyModel(target.model());
        endpoints.at(
                target.instance(), endpoint -> endpoint.call(change.then(true), Cancellation.NONE));
    }

    /** By instance; one that does not answer takes nothing from the others. */
    Map<String, List<LoadedModel>> loaded() {
        Map<String, List<LoadedModel>> loaded = new LinkedHashMap<>();
        endpoints
                .present()
                .forEach(endpoint ->
                        loaded(endpoint)
                                .ifPresent(models -> loaded.put(endpoint.instance(), models)));
        return loaded;
    }

    private static Optional<List<LoadedModel>> loaded(Endpoint endpoint) {
        try {
            return endpoint.loadedModels();
        } catch (BindingException e) {
            return Optional.empty();
        }
    }

    /** A call that returns nothing. */
    @FunctionalInterface
    private interface Change {
        void on(LlmBinding binding) throws Exception;

        default Endpoint.BindingCall<Boolean> then(boolean result) {
            return binding -> {
                on(binding);
                return result;
            };
        }
    }
}
