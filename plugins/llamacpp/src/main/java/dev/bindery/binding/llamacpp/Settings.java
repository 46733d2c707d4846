package dev.bindery.binding.llamacpp;

import java.util.List;
import java.util.Optional;

/** The instance's settings, as config.yaml describes them. */
record Settings(
        String defaultModel,
        int contextLength,
        int parallel,
        int maxTokens,
        int threads,
        int gpuLayers,
        String lora,
        int idleMinutes,
        int maxLoadedModels,
        boolean memoryCheck,
        int embeddingContext,
        String chatTemplate,
        List<String> modelPaths,
        String huggingfaceUrl,
        String huggingfaceToken,
        String nativeFolder,
        String nativeLibrary) {
    /** The LoRA adapter that is laid over every model that answers. */
    Optional<Adapter> adapter() {
        return Optional.of(lora).filter(entry -> !entry.isEmpty()).map(Adapter::of);
    }

    int processorThreads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }
}
