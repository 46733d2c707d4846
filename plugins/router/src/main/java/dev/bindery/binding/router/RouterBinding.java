package dev.bindery.binding.router;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Models;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.Prompt;
import dev.bindery.api.RetryBudget;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Answers under names of its own by asking models of other instances, so that one that is down is
 * nobody's problem. Free for all threads: what a request needs lives in its {@link Journey}.
 */
public final class RouterBinding extends LlmBinding {
    private final LongSupplier nanoTime;
    private final Order order;
    private volatile @Nullable Routing routing;

    public RouterBinding() {
        this(System::nanoTime, () -> ThreadLocalRandom.current().nextLong());
    }

    /** With a clock and with numbers of the test's own. */
    RouterBinding(LongSupplier nanoTime, RandomGenerator random) {
        this.nanoTime = nanoTime;
        this.order = new Order(random);
    }

    @Override
    public void start(BindingContext context) {
        routing = routing(context.config());
    }

    /** Other routes are other models, which the host learns from a fresh instance at once. */
    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        Routing before = routing();
        Routing after = routing(updated).after(before);
        boolean live = after.routes().equals(before.routes());
        if (live) {
            routing = after;
        }
        return live;
    }

    private Routing routing(TypedConfig config) {
        return Routing.of(config.as(RouterSettings.class), models(), nanoTime);
    }

    private Routing routing() {
        Routing now = routing;
        if (now == null) {
            throw new IllegalStateException("not started");
        }
        return now;
    }

    private Models models() {
        return context().models();
    }

    @Override
    public Health health() {
        return routing().breakers().complaint().map(Health::degraded).orElse(Health.UP);
    }

    @Override
    public List<String> listModels() {
        return List.copyOf(routing().routes().keySet());
    }

    @Override
    public List<ModelInfo> availableModels() {
        return routing().routes().values().stream()
                .map(route -> new RouteModel(route, models()).info())
                .toList();
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Routing now = routing();
        Route route = now.route(request.model());
        boolean tokens = request.prompt().flatMap(Prompt::tokens).isPresent();
        Journey journey = journey(now, route, request.retries(), request.cancellation());
        GenerationResult result =
                journey.through(
                        order.of(
                                tokens ? route.interchangeable() : route.targets(),
                                route.sticky().of(request.caller(), request.parameters())),
                        (target, share) -> generate(now, request, callback, target, share));
        return result.toBuilder()
                .metadata(result.metadata().with("router", journey.account()))
                .build();
    }

    private GenerationResult generate(
            Routing now,
            GenerationRequest request,
            GenerationCallback callback,
            Target target,
            RetryBudget share)
            throws Journey.Begun {
        try (Patience patience =
                new Patience(
                        request.cancellation(),
                        now.settings().firstToken(),
                        context().executor())) {
            return new Asking(models(), target, patience)
                    .generate(request.toBuilder().retries(share), callback);
        }
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Routing now = routing();
        Route route = now.route(request.model());
        return journey(now, route, request.retries(), request.cancellation())
                .through(
                        order.of(
                                route.interchangeable(),
                                route.sticky().of(request.caller(), request.parameters())),
                        (target, share) ->
                                models().embed(
                                                request.toBuilder()
                                                        .model(target.model())
                                                        .retries(share)
                                                        .build()));
    }

    @Override
    public int[] tokenize(String model, String text) {
        return ofOneModel(model, target -> models().tokenize(target, text));
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return ofOneModel(model, target -> models().detokenize(target, tokens));
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        Routing now = routing();
        Route route = now.route(request.model());
        return journey(now, route, RetryBudget.UNLIMITED, request.cancellation())
                .through(
                        order.of(
                                route.targets(),
                                route.sticky().of(request.caller(), request.parameters())),
                        (target, _) ->
                                models().countTokens(
                                                request.toBuilder().model(target.model()).build()));
    }

    private <T> T ofOneModel(String model, Function<String, T> call) {
        Routing now = routing();
        Route route = now.route(model);
        return journey(now, route, RetryBudget.UNLIMITED, Cancellation.NONE)
                .through(
                        order.of(route.interchangeable(), Optional.empty()),
                        (target, _) -> call.apply(target.model()));
    }

    private Journey journey(
            Routing now, Route route, RetryBudget budget, Cancellation cancellation) {
        return new Journey(
                route.name(), now, budget, cancellation::isCancelled, context().notifications());
    }

    @Override
    public JsonValue execute(
            String command, Map<String, JsonValue> arguments, ProgressListener listener) {
        if (!command.equals("targets")) {
            throw BindingException.unsupported(
                    "there is no command %s; there is: targets".formatted(command));
        }
        return TargetReport.of(routing(), models());
    }
}
