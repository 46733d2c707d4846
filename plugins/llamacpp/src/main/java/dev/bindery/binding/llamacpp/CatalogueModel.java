package dev.bindery.binding.llamacpp;

import dev.bindery.api.ModelInfo;
import java.net.URI;
import java.util.List;

/**
 * A model that can be pulled.
 *
 * @param context tokens that it was trained for
 * @param size of its file, in bytes
 * @param sha256 of its file
 * @param sources where it may be had, in the order to try them
 */
record CatalogueModel(
        String name,
        String description,
        String license,
        String owner,
        String family,
        String parameters,
        String quantization,
        int context,
        long size,
        String sha256,
        List<URI> sources) {
    /** As it is shown while it is not there. */
    ModelInfo info() {
        return describe(ModelInfo.builder(name))
                .installed(false)
                .family(family)
                .quantization(quantization)
                .contextLength(context)
                .sizeBytes(size)
                .format("gguf")
                .build();
    }

    /** What only the catalogue knows. */
    ModelInfo.Builder describe(ModelInfo.Builder info) {
        return info.description(description)
                .license(license)
                .owner(owner)
                .parameterSize(parameters)
                .digest(sha256);
    }
}
