package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.ProgressDisplay;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Has a host fetch a model. */
@Command(name = "pull", description = "Fetch a model; `bindery models` shows which there are.")
final class PullCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;

    @Parameters(paramLabel = "MODEL", description = "The model's name: INSTANCE/MODEL.")
    private String model = "";

    PullCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    @Override
    public void run() {
        Pull pull = new Pull();
        try (ProgressDisplay display = ProgressDisplay.on(shell)) {
            host.admin()
                    .follow(
                            Json.object().put("model", model),
                            line -> pull.hear(line, display),
                            "models",
                            "pull");
        }
        if (!pull.succeeded) {
            throw new CommandFailure(
                    "The host ended the pull of "
                            + model
                            + " before it was complete; what arrived is kept, so try again.");
        }
        shell.out().println(model + " is ready.");
    }

    /** One run of the host's progress. */
    private static final class Pull {
        private boolean succeeded;

        void hear(JsonNode line, ProgressDisplay display) {
            if (line.has("error")) {
                throw new CommandFailure(Json.text(line.path("error"), "message"));
            }
            String status = Json.text(line, "status");
            succeeded = status.equals("success");
            if (!succeeded) {
                display.show(
                        status, line.path("completed").asLong(0), line.path("total").asLong(0));
            }
        }
    }
}
