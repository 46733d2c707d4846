package dev.bindery.binding.llamacpp;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The real model that tests run, where it lies on this machine. */
final class TestModel {
    static final String NAME = "smollm2-135m-instruct";

    private TestModel() {}

    static Path file() {
        Path file =
                Optional.ofNullable(System.getProperty("bindery.test.model"))
                        .or(() -> Optional.ofNullable(System.getenv("BINDERY_TEST_MODEL")))
                        .map(Path::of)
                        .orElseGet(() ->
                                Path.of(
                                        System.getProperty("user.home"),
                                        ".cache/bindery/models",
                                        NAME + ".gguf"));
        if (!Files.isRegularFile(file)) {
            throw new AssertionError(
                    "the test model is not at %s; run ./bindery test, which fetches it, or name its file with -Dbindery.test.model or BINDERY_TEST_MODEL"
                            .formatted(file));
        }
        return file;
    }

    /** Lets a binding with that folder of models find it. */
    static void into(Path models) throws IOException {
        Files.createDirectories(models);
        Path link = models.resolve(NAME + ".gguf");
        try {
            Files.createSymbolicLink(link, file());
        } catch (UnsupportedOperationException _) {
            Files.copy(file(), link);
        }
    }
}
