package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingContext;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * GGUF models on this machine's processor. Models are pulled by name or put into a folder, loaded
 * when they are first asked, and freed when nobody has asked for a while.
 */
public final class LlamaCppBinding extends LlmBinding {
    private @Nullable Running running;

    private record Running(
            Settings settings,
            Catalogue catalogue,
            ModelShelf shelf,
            Pulls pulls,
            Engines engines,
            ExecutorService executor) {}

    @Override
    public void start(BindingContext context) throws IOException {
        Settings settings = context.config().as(Settings.class);
        Catalogue catalogue = Catalogue.read();
        Optional<Duration> idle =
                Optional.of(settings.idleMinutes())
                        .filter(minutes -> minutes >= 0)
                        .map(Duration::ofMinutes);
        List<Path> nativeFolders = nativeFolders(settings, context);
        Engines engines =
                new Engines(
                        settings.maxLoadedModels(),
                        idle,
                        settings.memoryCheck()
                                ? new MemoryCheck(FreeMemory.ofThisMachine())
                                : MemoryCheck.none(),
                        () -> NativeLibrary.load(settings.nativeLibrary(), nativeFolders));
        running =
                new Running(
                        settings,
                        catalogue,
                        new ModelShelf(
                                context.modelsDirectory(),
                                settings.modelPaths().stream().map(Path::of).toList(),
                                catalogue),
                        new Pulls(
                                catalogue,
                                context.modelsDirectory(),
                                settings.huggingfaceUrl(),
                                settings.huggingfaceToken()),
                        engines,
                        context.executor());
        context.executor().execute(engines::watch);
    }

    private static List<Path> nativeFolders(Settings settings, BindingContext context) {
        return settings.nativeFolder().isEmpty()
                ? List.of(
                        context.dataDirectory().resolve("native"),
                        Path.of(System.getProperty("java.io.tmpdir"), "native"))
                : List.of(Path.of(settings.nativeFolder()));
    }

    /** Checked here, applied by a fresh instance. */
    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        OwnPaths.of(updated.as(Settings.class)).checkNew(OwnPaths.of(running().settings()));
        return false;
    }

    @Override
    public void stop() throws InterruptedException {
        if (running != null) {
            running.engines().stop();
        }
    }

    @Override
    public Health health() {
        Optional<String> missing = OwnPaths.of(running().settings()).missing();
        if (missing.isPresent()) {
            return Health.degraded(missing.get());
        }
        try {
            return listModels().isEmpty() ? Health.degraded(noModelYet()) : Health.UP;
        } catch (IOException e) {
            return Health.degraded("the models' folder cannot be read: " + e.getMessage());
        }
    }

    private String noModelYet() {
        return "there is no model yet; pull one: bindery pull %s/%s"
                .formatted(context().instance(), running().settings().defaultModel());
    }

    @Override
    public List<String> listModels() throws IOException {
        return List.copyOf(running().shelf().installed().keySet());
    }

    @Override
    public List<ModelInfo> availableModels() throws IOException {
        Running now = running();
        Map<String, InstalledModel> installed = now.shelf().installed();
        List<ModelInfo> models = new ArrayList<>();
        for (InstalledModel model : installed.values()) {
            models.add(info(model));
        }
        now.catalogue().models().stream()
                .filter(model -> !installed.containsKey(model.name()))
                .map(CatalogueModel::info)
                .forEach(models::add);
        return models;
    }

    /** A file that cannot be read as a model is listed all the same: asking for it says why. */
    private ModelInfo info(InstalledModel model) {
        try {
            return model.info(
                    running().catalogue().model(model.name()).orElse(null),
                    running().settings().contextLength());
        } catch (IOException _) {
            return ModelInfo.of(model.name());
        }
    }

    @Override
    public void pullModel(String model, ProgressListener listener) throws IOException {
        running().pulls().pull(model, context().packages(), listener);
    }

    @Override
    public void deleteModel(String model) throws Exception {
        InstalledModel found = running().shelf().find(model);
        if (found.own()) {
            running().engines().free(model);
        }
        running().shelf().delete(model);
    }

    @Override
    public void buildModel(@Nullable String model) throws Exception {
        String name = model == null ? running().settings().defaultModel() : model;
        lease(name, Opening.Purpose.ANSWERS).close();
    }

    @Override
    public void destroyModel(String model) throws Exception {
        running().engines().free(model);
    }

    @Override
    public List<LoadedModel> loadedModels() {
        return running().engines().loaded();
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback)
            throws Exception {
        Running now = running();
        request.cancellation().throwIfCancelled();
        Engines.Lease lease = lease(request.model(), Opening.Purpose.ANSWERS);
        Optional<Duration> keep = now.engines().keep(request.keepAlive());
        Generation generation;
        try {
            generation = new Generation(lease.engine(), request, now.settings().maxTokens());
        } catch (RuntimeException | Error e) {
            lease.close(keep);
            throw e;
        }
        return generation.run(lease, () -> lease.close(keep), callback, now.executor());
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) throws Exception {
        Engines.Lease lease = lease(request.model(), Opening.Purpose.EMBEDDINGS);
        Optional<Duration> keep = running().engines().keep(request.keepAlive());
        try {
            return new Embedder(lease.engine(), request).embed();
        } finally {
            lease.close(keep);
        }
    }

    @Override
    public int[] tokenize(String model, String text) throws Exception {
        try (Engines.Lease lease = lease(model, Opening.Purpose.ANSWERS)) {
            return lease.engine().llama().tokens(text);
        }
    }

    @Override
    public String detokenize(String model, int[] tokens) throws Exception {
        try (Engines.Lease lease = lease(model, Opening.Purpose.ANSWERS)) {
            return lease.engine().llama().text(lease.engine().checked(tokens));
        }
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) throws Exception {
        try (Engines.Lease lease = lease(request.model(), Opening.Purpose.ANSWERS)) {
            return TokenCount.exactly(lease.engine().tokens(request.input()).length);
        }
    }

    private Engines.Lease lease(String name, Opening.Purpose purpose) throws Exception {
        Running now = running();
        InstalledModel model = now.shelf().find(name);
        return now.engines().lease(name, purpose, () -> Opening.of(model, now.settings(), purpose));
    }

    private Running running() {
        return Objects.requireNonNull(running, "start comes first");
    }
}
