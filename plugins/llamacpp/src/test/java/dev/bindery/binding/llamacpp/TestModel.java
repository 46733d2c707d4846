package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.api.Sampling;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** The real model that tests run, where it lies on this machine. */
final class TestModel {
    static final String NAME = "smollm2-135m-instruct";

    /** Tokens that {@link Started#withTestModel} gives a request. */
    static final int CONTEXT = 512;

    static final Sampling GREEDY = Sampling.builder().temperature(0.0).build();

    private TestModel() {}

    static GenerationRequest.Builder chat(String text) {
        return GenerationRequest.chat(NAME, List.of(Message.user(text))).sampling(GREEDY);
    }

    static GenerationRequest.Builder prompt(String text) {
        return GenerationRequest.prompt(NAME, text);
    }

    static BindingException failure(LlamaCppBinding binding, GenerationRequest request) {
        return failure(binding, request, new Reader());
    }

    static BindingException failure(
            LlamaCppBinding binding, GenerationRequest request, Reader reader) {
        return catchThrowableOfType(
                BindingException.class, () -> binding.generate(request, reader));
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
