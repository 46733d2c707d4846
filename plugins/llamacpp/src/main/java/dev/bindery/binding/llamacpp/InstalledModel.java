package dev.bindery.binding.llamacpp;

import dev.bindery.api.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model whose file is there.
 *
 * @param own whether it lies in the folder of pulled models, where it may be deleted
 */
record InstalledModel(String name, Path file, boolean own) {
    ModelInfo info(@Nullable CatalogueModel known, int contextLimit) throws IOException {
        ModelInfo.Builder info =
                ModelInfo.builder(name)
                        .sizeBytes(Files.size(file))
                        .modified(Files.getLastModifiedTime(file).toInstant())
                        .format("gguf");
        GgufHeader header = GgufHeader.of(file);
        info.family(header.architecture())
                .contextLength(Math.min(contextLimit, header.trainedContext()))
                .parameterSize(header.sizeLabel().orElse(null))
                .license(header.license().orElse(null))
                .template(header.template().orElse(null));
        header.embeddingLength().ifPresent(info::embeddingDimensions);
        Optional.ofNullable(known)
                .ifPresent(model -> model.describe(info).quantization(model.quantization()));
        return info.build();
    }
}
