package dev.bindery.binding.minilm;

import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ModelInfo;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Turns texts into vectors on this machine's processor. */
public final class MiniLmBinding extends LlmBinding {
    static final String MODEL = "all-minilm-l6-v2";

    private @Nullable SentenceModel model;

    /** Called by the host. */
    public MiniLmBinding() {}

    /** Only prepares: the model is loaded with the first request. */
    @Override
    public void start(BindingContext context) {
        String folder = context.config().string("native_folder");
        NativeLibraries.prepare(
                folder.isBlank() ? context.dataDirectory().resolve("native") : Path.of(folder));
    }

    @Override
    public List<String> listModels() {
        return List.of(MODEL);
    }

    @Override
    public List<ModelInfo> availableModels() {
        return List.of(
                ModelInfo.builder(MODEL)
                        .displayName("all-MiniLM-L6-v2")
                        .description("Sentence transformer for English text, quantized to 8 bits")
                        .owner("sentence-transformers")
                        .license("Apache-2.0")
                        .family("bert")
                        .format("onnx")
                        .quantization("int8")
                        .installed(true)
                        .contextLength(SentenceModel.MOST_TOKENS)
                        .embeddingDimensions(SentenceModel.DIMENSIONS)
                        .capabilities(List.of(Capability.EMBEDDINGS))
                        .build());
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        throw BindingException.unsupported("this binding makes embeddings only, no text");
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) throws Exception {
        return new Sentences(loaded()).embed(request);
    }

    @Override
    public void buildModel(@Nullable String name) throws Exception {
        var _ = loaded();
    }

    @Override
    public synchronized List<LoadedModel> loadedModels() {
        return model == null ? List.of() : List.of(LoadedModel.of(MODEL));
    }

    private synchronized SentenceModel loaded() throws Exception {
        if (model == null) {
            model = NativeLibraries.load(SentenceModel::load);
        }
        return model;
    }
}
