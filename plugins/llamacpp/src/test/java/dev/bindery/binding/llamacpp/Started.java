package dev.bindery.binding.llamacpp;

import dev.bindery.api.PackageManager;
import dev.bindery.api.ProgressListener;
import dev.bindery.fixture.TestContext;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Starts the binding with its real card. */
final class Started {
    private static final PackageManager NO_PACKAGES =
            new PackageManager() {
                @Override
                public void install(
                        String coordinates, @Nullable String sha256, ProgressListener listener) {
                    throw new UnsupportedOperationException();
                }

                @Override
                public void download(
                        URI source,
                        @Nullable String sha256,
                        Path target,
                        ProgressListener listener) {
                    throw new UnsupportedOperationException();
                }
            };

    private Started() {}

    /**
     * @param folder where its data and models lie
     */
    static LlamaCppBinding in(Path folder, Map<String, ?> settings) {
        return in(folder, settings, NO_PACKAGES);
    }

    /** With the real model, for four requests at once. */
    static LlamaCppBinding withTestModel(Path folder) throws IOException {
        TestModel.into(folder.resolve("models"));
        return in(
                folder,
                Map.of("context_length", TestModel.CONTEXT, "parallel", 4, "max_tokens", 40));
    }

    static LlamaCppBinding in(Path folder, Map<String, ?> settings, PackageManager packages) {
        LlamaCppBinding binding = new LlamaCppBinding();
        TestContext context =
                TestContext.of(binding)
                        .folder(folder)
                        .settings(settings)
                        .packages(packages)
                        .build();
        context.modelsDirectory();
        return context.start(binding);
    }
}
