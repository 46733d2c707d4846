package dev.bindery.distribution;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** The small model that tests talk to, where it lies on this machine. */
public final class TestModel {
    public static final String ID = "llamacpp/smollm2-135m-instruct";
    private static final String FILE = "smollm2-135m-instruct.gguf";

    private TestModel() {}

    /** Puts it where a host with that home keeps what it has pulled. */
    public static void into(Path home) throws IOException {
        Path target = home.resolve("models/llamacpp").resolve(FILE);
        Files.createDirectories(target.getParent());
        try {
            Files.createLink(target, file());
        } catch (UnsupportedOperationException | IOException _) {
            Files.copy(file(), target);
        }
    }

    static Path file() {
        Path file =
                Optional.ofNullable(System.getProperty("bindery.test.model"))
                        .or(() -> Optional.ofNullable(System.getenv("BINDERY_TEST_MODEL")))
                        .map(Path::of)
                        .orElseGet(() ->
                                Path.of(
                                        System.getProperty("user.home"),
                                        ".cache/bindery/models",
                                        FILE));
        if (!Files.isRegularFile(file)) {
            throw new AssertionError(
                    "the test model is not at %s; run ./bindery test, which fetches it, or name its file with -Dbindery.test.model or BINDERY_TEST_MODEL"
                            .formatted(file));
        }
        return file;
    }
}
