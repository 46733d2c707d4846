package dev.bindery.host.call;

import dev.bindery.api.Caller;
import dev.bindery.api.Cancellation;
import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.RetryBudget;
import dev.bindery.api.TokenCount;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.Errand;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import dev.bindery.host.notification.EventLog;
import dev.bindery.host.presence.Roster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Leads each call to whoever serves its instance at that moment. A call that finds the gate of an
 * old generation shut goes on to the new one, so that nobody notices a swap.
 */
public final class Router implements ModelRouter {
    private final Endpoints endpoints;
    private final Resolution resolution;
    private final ModelStock stock;

    public Router(Roster<Endpoint> roster, Directory directory, EventLog events) {
        this.endpoints = new Endpoints(roster, directory);
        this.resolution = endpoints.resolution();
        this.stock = new ModelStock(endpoints, events);
    }

    @Override
    public List<ServedModel> models() {
        return endpoints.present().flatMap(endpoint -> endpoint.models().all().stream()).toList();
    }

    @Override
    public List<ServedModel> availableModels() {
        return stock.available();
    }

    @Override
    public ServedModel resolve(String name) {
        return endpoints.model(name);
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        Resolution.Target target = resolution.target(request.model());
        return endpoints.at(
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
        return endpoints.at(
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
        return endpoints.at(
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
        return endpoints.at(
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
        stock.pull(model, listener);
    }

    @Override
    public void delete(String model) {
        stock.delete(model);
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
        return endpoints.at(
                instance,
                endpoint ->
                        endpoint.call(
                                binding -> binding.execute(command, arguments, listener),
                                listener.cancellation()));
    }

    @Override
    public void load(String model) {
        stock.load(model, Optional.empty());
    }

    @Override
    public void load(String model, Duration keep) {
        stock.load(model, Optional.of(keep));
    }

    @Override
    public void unload(String model) {
        stock.unload(model);
    }

    @Override
    public Map<String, List<LoadedModel>> loaded() {
        return stock.loaded();
    }
}
