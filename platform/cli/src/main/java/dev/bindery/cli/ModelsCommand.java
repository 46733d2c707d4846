package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.ByteCount;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.shell.Table;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows the models that answer, and those that could be pulled. */
@Command(name = "models", description = "List the models that answer, and those to pull.")
final class ModelsCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;
    @Mixin private final Output output;

    ModelsCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
        this.output = new Output(shell);
    }

    @Override
    public void run() {
        output.print(host.admin().get("models"), this::table);
    }

    private void table(JsonNode answer) {
        if (answer.path("models").isEmpty()) {
            shell.out()
                    .println("There are no models. Why the bindings have none says: bindery list");
            return;
        }
        Table table = new Table("MODEL", "READY", "SIZE", "CONTEXT", "CAPABILITIES", "LICENSE");
        for (JsonNode model : answer.path("models")) {
            table.row(
                    Json.text(model, "id"),
                    model.path("installed").asBoolean(true) ? "yes" : "to pull",
                    size(model.path("size_bytes")),
                    Json.text(model, "context_length"),
                    String.join(" ", Json.texts(model, "capabilities")),
                    Json.text(model, "license"));
        }
        if (shell.terminal().out()) {
            table.print(shell.out(), shell.terminal().width());
        } else {
            table.print(shell.out());
        }
    }

    private static String size(JsonNode bytes) {
        return bytes.isNumber() ? ByteCount.of(bytes.asLong()) : "";
    }
}
