package dev.bindery.cli.running;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.cli.shell.ProgressDisplay;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Host;
import dev.bindery.host.ServedModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The small model that a newcomer finds there: fetched at the first start, and not again when the
 * operator has deleted it. Where BINDERY_MODEL_FILE names a file that is this very model, nothing
 * is fetched.
 */
final class DefaultModel {
    private static final String BINDING = "llamacpp";
    static final String NAME = BINDING + "/smollm2-135m-instruct";

    private final Host host;
    private final Shell shell;
    private final Path fetched;

    DefaultModel(Host host, Shell shell) {
        this.host = host;
        this.shell = shell;
        this.fetched = host.home().state().resolve("default-model");
    }

    /** Fetches it if that is still to be done and this host can; a failure is said, no more. */
    void provide(CancellationSource cancellation) {
        ModelInfo model = Files.exists(fetched) ? null : pullable().orElse(null);
        if (model == null) {
            return;
        }
        placeGiven(model);
        try (ProgressDisplay display = ProgressDisplay.on(shell)) {
            host.models().pull(NAME, listener(display, cancellation));
            Files.writeString(fetched, NAME + "\n");
        } catch (BindingException | IOException e) {
            if (!cancellation.isCancelled()) {
                shell.err()
                        .println("The model " + NAME + " could not be fetched: " + e.getMessage());
                shell.err()
                        .println(
                                "Everything else works. Try again with: %s pull %s"
                                        .formatted(shell.command(), NAME));
            }
        }
    }

    private Optional<ModelInfo> pullable() {
        return host.models().availableModels().stream()
                .filter(model -> model.id().equals(NAME) && !model.info().installed())
                .map(ServedModel::info)
                .findFirst();
    }

    /** What is there with the right content, a pull finds and leaves as it is. */
    private void placeGiven(ModelInfo model) {
        String file = shell.variable("BINDERY_MODEL_FILE").orElse("");
        if (file.isEmpty() || model.digest().isEmpty()) {
            return;
        }
        Path target = host.home().models().resolve(BINDING).resolve(model.name() + ".gguf");
        try {
            if (!new ModelFile(Path.of(file)).placeAt(target, model.digest().get())) {
                shell.err()
                        .println(
                                "BINDERY_MODEL_FILE: %s is no file with the content of %s, which is fetched instead."
                                        .formatted(file, NAME));
            }
        } catch (IOException | InvalidPathException e) {
            shell.err().println("BINDERY_MODEL_FILE: %s cannot be used: %s".formatted(file, e));
        }
    }

    private static ProgressListener listener(ProgressDisplay display, Cancellation cancellation) {
        return new ProgressListener() {
            @Override
            public void progress(Progress progress) {
                display.show(progress.status(), progress.completed(), progress.total().orElse(0));
            }

            @Override
            public Cancellation cancellation() {
                return cancellation;
            }
        };
    }
}
