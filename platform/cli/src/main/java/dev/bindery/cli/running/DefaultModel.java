package dev.bindery.cli.running;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.cli.shell.ProgressDisplay;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Host;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The small model that a newcomer finds there: fetched at the first start, and not again when the
 * operator has deleted it.
 */
final class DefaultModel {
    static final String NAME = "llamacpp/smollm2-135m-instruct";

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
        if (Files.exists(fetched) || !couldBePulled()) {
            return;
        }
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

    private boolean couldBePulled() {
        return host.models().availableModels().stream()
                .anyMatch(model -> model.id().equals(NAME) && !model.info().installed());
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
