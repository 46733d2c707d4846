package dev.bindery.binding.llamacpp;

import java.util.List;

/** The instance's settings, as config.yaml describes them. */
record Settings(
        String defaultModel,
        int contextLength,
        int parallel,
        int maxTokens,
        int threads,
        int gpuLayers,
        int idleMinutes,
        int maxLoadedModels,
        boolean memoryCheck,
        int embeddingContext,
        String chatTemplate,
        List<String> modelPaths,
        String huggingfaceUrl,
        String huggingfaceToken,
        String nativeFolder) {
    int processorThreads() {
        return threads > 0 ? threads : Runtime.getRuntime().availableProcessors();
    }
}
