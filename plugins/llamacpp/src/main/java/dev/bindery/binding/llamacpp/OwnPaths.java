package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The files and folders of the operator's own that the settings name. A disk may come after the
 * host, so that one that is not there keeps nothing from starting; set anew, it is refused.
 */
record OwnPaths(List<Named> all) {
    /**
     * @param setting where it stands
     */
    record Named(String setting, Path path) {
        boolean isMissing() {
            return !Files.exists(path);
        }

        String missing() {
            return "%s: there is no %s".formatted(setting, path.toAbsolutePath());
        }
    }

    static OwnPaths of(Settings settings) {
        Stream<Named> models =
                settings.modelPaths().stream().map(path -> new Named("model_paths", Path.of(path)));
        Stream<Named> adapter =
                settings.adapter().stream().map(lora -> new Named("lora", lora.file()));
        return new OwnPaths(Stream.concat(models, adapter).toList());
    }

    /**
     * @param before what the settings named until now; it is not held against those that come
     * @throws BindingException INVALID_REQUEST naming the first that is new and not there
     */
    void checkNew(OwnPaths before) {
        all.stream()
                .filter(named -> !before.all.contains(named))
                .filter(Named::isMissing)
                .findFirst()
                .ifPresent(named -> {
                    throw BindingException.invalidRequest(
                            named.missing() + "; correct the path, or mount it first");
                });
    }

    /** Those that are not there, for people; absent where all are. */
    Optional<String> missing() {
        String missing =
                all.stream()
                        .filter(Named::isMissing)
                        .map(Named::missing)
                        .collect(Collectors.joining("; "));
        return missing.isEmpty() ? Optional.empty() : Optional.of(missing);
    }
}
