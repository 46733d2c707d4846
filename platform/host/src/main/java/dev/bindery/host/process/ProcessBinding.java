package dev.bindery.host.process;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.protocol.ConfigCodec;
import dev.bindery.host.protocol.EmbeddingCodec;
import dev.bindery.host.protocol.ModelCodec;
import dev.bindery.host.protocol.OperationCodec;
import dev.bindery.host.protocol.ProgressCodec;
import dev.bindery.host.protocol.RequestCodec;
import dev.bindery.host.protocol.ResultCodec;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A binding whose code runs in a child process: every method is forwarded over the binding
 * protocol. A method that the child does not offer behaves as the contract's default does.
 *
 * <p>Threads, cancellation and errors are as the contract says. When the child crashes, calls in
 * flight fail with {@code UPSTREAM_UNAVAILABLE}, and it is started again.
 */
public final class ProcessBinding extends LlmBinding {
    private static final Duration HEALTH = Duration.ofSeconds(1);

    private final StagedCode code;
    private final ProcessLimits limits;
    private final ChildSpawner spawner;
    private volatile @Nullable Keeper keeper;
    private volatile @Nullable TypedConfig config;

    /**
     * Starts nothing yet.
     *
     * @param command what starts a child
     * @param code the binding's code, for the child to load
     * @param folder where each child gets a temporary folder of its own, which ends with it; it is
     *     made when it is not there
     */
    public ProcessBinding(
            ChildCommand command, StagedCode code, Path folder, ProcessLimits limits) {
        this.code = code;
        this.limits = limits;
        spawner = new ChildSpawner(command, folder, limits);
    }

    @Override
    public void install() {
        once("install");
    }

    @Override
    public void uninstall() {
        once("uninstall");
    }

    @Override
    public void start(BindingContext context) {
        Keeper kept = new Keeper(() -> started(context), limits, context.logger());
        keeper = kept;
        kept.begin();
    }

    @Override
    public void stop() {
        Keeper kept = keeper;
        if (kept == null) {
            return;
        }
        kept.close();
        Child child = kept.childNow();
        if (child != null) {
            try (child) {
                if (child.offers("stop")) {
                    child.ask(Question.of("stop", nothing()).within(limits.stop()));
                }
            }
        }
    }

    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        if (!child().offers("settingsUpdated")) {
            return false;
        }
        ObjectNode arguments = new WireObject().node("config", ConfigCodec.encode(updated)).node();
        boolean live =
                child().ask(
                                Question.of(
                                                "settingsUpdated",
                                                arguments,
                                                line -> line.flag("result"))
                                        .within(limits.start()));
        if (live) {
            config = updated;
        }
        return live;
    }

    @Override
    public Health health() {
        Keeper kept = keeper;
        Child child = kept == null ? null : kept.childNow();
        if (kept == null || child == null) {
            return Health.degraded(
                    "the binding's process is not running"
                            + (kept == null ? "" : ": " + kept.reason()));
        }
        try {
            return child.offers("health")
                    ? child.ask(
                            Question.of("health", nothing(), ProcessBinding::health).within(HEALTH))
                    : Health.UP;
        } catch (BindingException e) {
            return Health.degraded(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> listModels() {
        return child().ask(Question.of("listModels", nothing(), line -> line.texts("result")));
    }

    @Override
    public List<ModelInfo> availableModels() throws Exception {
        return child().offers("availableModels")
                ? child().ask(
                                Question.of(
                                        "availableModels",
                                        nothing(),
                                        line -> line.list("result", ModelCodec::info)))
                : super.availableModels();
    }

    @Override
    public void buildModel(@Nullable String model) {
        tell("buildModel", new WireObject().text("model", model).node());
    }

    @Override
    public void destroyModel(String model) {
        tell("destroyModel", model(model));
    }

    @Override
    public List<LoadedModel> loadedModels() {
        return child().offers("loadedModels")
                ? child().ask(
                                Question.of(
                                        "loadedModels",
                                        nothing(),
                                        line -> line.list("result", ModelCodec::loaded)))
                : List.of();
    }

    @Override
    public void pullModel(String model, ProgressListener listener) {
        child().ask(
                        Question.of("pullModel", model(model))
                                .hearing(progress(listener), listener.cancellation()));
    }

    @Override
    public void deleteModel(String model) {
        child().ask(Question.of("deleteModel", model(model)));
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        return child().ask(
                        Question.of(
                                        "generate",
                                        blobs -> RequestCodec.encode(request, blobs),
                                        (line, blobs) ->
                                                ResultCodec.decode(line.object("result"), blobs))
                                .hearing(operations(callback), request.cancellation()));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return child().ask(
                        Question.of(
                                        "embed",
                                        EmbeddingCodec.encode(request),
                                        line -> EmbeddingCodec.result(line.object("result")))
                                .hearing((_, _) -> true, request.cancellation()));
    }

    @Override
    public int[] tokenize(String model, String text) {
        return child().ask(
                        Question.of(
                                "tokenize",
                                new WireObject().text("model", model).text("text", text).node(),
                                line -> line.intsIf("result").orElseGet(() -> new int[0])));
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return child().ask(
                        Question.of(
                                "detokenize",
                                new WireObject().text("model", model).ints("tokens", tokens).node(),
                                line -> line.text("result")));
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) throws Exception {
        return child().offers("countTokens")
                ? child().ask(
                                Question.of(
                                                "countTokens",
                                                blobs -> RequestCodec.encode(request, blobs),
                                                (line, _) -> count(line.object("result")))
                                        .hearing((_, _) -> true, request.cancellation()))
                : super.countTokens(request);
    }

    @Override
    public JsonValue execute(
            String command, Map<String, JsonValue> arguments, ProgressListener listener) {
        ObjectNode asked =
                new WireObject()
                        .text("command", command)
                        .json("arguments", new JsonObject(arguments))
                        .node();
        return child().ask(
                        Question.of("execute", asked, line -> line.json("result"))
                                .hearing(progress(listener), listener.cancellation()));
    }

    private Child started(BindingContext context) {
        Child child = spawner.spawn(context);
        boolean done = false;
        try {
            TypedConfig current = config;
            child.ask(
                    Question.of(
                                    "start",
                                    ChildSetup.of(
                                            context,
                                            current == null ? context.config() : current,
                                            code))
                            .within(limits.start()));
            done = true;
            return child;
        } finally {
            if (!done) {
                child.kill();
            }
        }
    }

    private void once(String method) {
        try (Child child = spawner.spawn(context())) {
            if (child.offers(method)) {
                child.ask(
                        Question.of(method, ChildSetup.of(context(), context().config(), code))
                                .within(limits.start()));
            }
        }
    }

    private Child child() {
        Keeper kept = keeper;
        if (kept == null) {
            throw new IllegalStateException("this binding has not been started");
        }
        return kept.child();
    }

    private void tell(String method, ObjectNode arguments) {
        Child child = child();
        if (child.offers(method)) {
            child.ask(Question.of(method, arguments));
        }
    }

    private static BiPredicate<WireReader, CallBlobs> operations(GenerationCallback callback) {
        return (line, blobs) ->
                line.objectIf("operation")
                        .map(operation -> callback.on(OperationCodec.decode(operation, blobs)))
                        .orElse(true);
    }

    private static BiPredicate<WireReader, CallBlobs> progress(ProgressListener listener) {
        return (line, _) -> {
            line.objectIf("progress").map(ProgressCodec::decode).ifPresent(listener::progress);
            return true;
        };
    }

    private static Health health(WireReader line) {
        WireReader health = line.object("result");
        return new Health(health.text("status"), health.textIf("reason").orElse(""));
    }

    private static TokenCount count(WireReader count) {
        return new TokenCount(count.whole("tokens"), count.flag("exact"));
    }

    private static ObjectNode model(String model) {
        return new WireObject().text("model", model).node();
    }

    private static ObjectNode nothing() {
        return new WireObject().node();
    }
}
