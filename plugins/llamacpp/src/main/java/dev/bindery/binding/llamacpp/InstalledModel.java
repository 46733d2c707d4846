package dev.bindery.binding.llamacpp;

import dev.bindery.api.ModelInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A model whose file is there.
 *
 * @param file its first, or only, file
 * @param own whether it lies in the folder of pulled models, where it may be deleted
 */
record InstalledModel(String name, Path file, boolean own) {
    ModelInfo info(@Nullable CatalogueModel known, int contextLimit) throws IOException {
        ModelInfo.Builder info =
                ModelInfo.builder(name)
                        .sizeBytes(size())
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

    /** All its files: a large model comes in several, which name each other by their number. */
    List<Path> files() {
        return ModelFiles.all(String.valueOf(file.getFileName())).stream()
                .map(file::resolveSibling)
                .toList();
    }

    /** The bytes of all its files that are there. */
    long size() throws IOException {
        long size = 0;
        for (Path part : files()) {
            size += Files.exists(part) ? Files.size(part) : 0;
        }
        return size;
    }
}
