package dev.bindery.host.process;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.JsonValue;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A binding whose code runs in a child process: every method is forwarded over the binding
 * protocol. A method that the child does not offer behaves as the contract's default does.
 *
 * <p>Threads, cancellation and errors are as the contract says. When the child crashes, calls in
 * flight fail with {@code UPSTREAM_UNAVAILABLE}, and it is started again.
 */
public final class ProcessBinding extends LlmBinding {
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
        Keeper kept = new Keeper(() -> started(context), limits, context);
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
                    child.ask(LifeQuestions.stop(limits));
                }
            }
        }
    }

    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        Child child = child();
        boolean live =
                child.offers("settingsUpdated")
                        && child.ask(LifeQuestions.settingsUpdated(updated, limits));
        if (live) {
            config = updated;
        }
        return live;
    }

    @Override
    public Health health() {
        Keeper kept = keeper;
        if (kept == null) {
            return Health.degraded("the binding's process is not running");
        }
        Child child = kept.childNow();
        if (child == null) {
            return Health.degraded(kept.standing());
        }
        try {
            return child.offers("health") ? child.ask(LifeQuestions.health()) : Health.UP;
        } catch (BindingException e) {
            return Health.degraded(String.valueOf(e.getMessage()));
        }
    }

    @Override
    public List<String> listModels() {
        return child().ask(ModelQuestions.list());
    }

    @Override
    public List<ModelInfo> availableModels() throws Exception {
        return child().offers("availableModels")
                ? child().ask(ModelQuestions.available())
                : super.availableModels();
    }

    @Override
    public void buildModel(@Nullable String model) {
        tell(ModelQuestions.build(model));
    }

    @Override
    public void destroyModel(String model) {
        tell(ModelQuestions.destroy(model));
    }

    @Override
    public List<LoadedModel> loadedModels() {
        return child().offers("loadedModels") ? child().ask(ModelQuestions.loaded()) : List.of();
    }

    @Override
    public void pullModel(String model, ProgressListener listener) {
        child().ask(ModelQuestions.pull(model, listener));
    }

    @Override
    public void deleteModel(String model) {
        child().ask(ModelQuestions.delete(model));
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        return child().ask(GenerationQuestions.generate(request, callback));
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return child().ask(GenerationQuestions.embed(request));
    }

    @Override
    public int[] tokenize(String model, String text) {
        return child().ask(GenerationQuestions.tokenize(model, text));
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return child().ask(GenerationQuestions.detokenize(model, tokens));
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) throws Exception {
        return child().offers("countTokens")
                ? child().ask(GenerationQuestions.count(request))
                : super.countTokens(request);
    }

    @Override
    public JsonValue execute(
            String command, Map<String, JsonValue> arguments, ProgressListener listener) {
        return child().ask(GenerationQuestions.execute(command, arguments, listener));
    }

    /** A child with its binding started in it. */
    private Child started(BindingContext context) {
        Child child = spawner.spawn(context);
        boolean done = false;
        try {
            TypedConfig current = config;
            TypedConfig settings = current == null ? context.config() : current;
            child.ask(LifeQuestions.begin("start", ChildSetup.of(context, settings, code), limits));
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
                        LifeQuestions.begin(
                                method,
                                ChildSetup.of(context(), context().config(), code),
                                limits));
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

    /** Asks for what a child need not offer. */
    private void tell(Question<Boolean> question) {
        Child child = child();
        if (child.offers(question.method())) {
            child.ask(question);
        }
    }
}
