package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.shell.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows the configured uses of bindings. */
@Command(name = "instances", description = "List the configured uses of the bindings.")
final class InstancesCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;
    @Mixin private final Output output;

    InstancesCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
        this.output = new Output(shell);
    }

    @Override
    public void run() {
        output.print(host.admin().get("instances"), this::table);
    }

    private void table(JsonNode answer) {
        if (answer.path("instances").isEmpty()) {
            shell.out().println("There are no instances. Make one with: bindery config NAME");
            return;
        }
        Table table =
                new Table(
                        "NAME", "BINDING", "STATE", "RUNS IN", "MODELS", "CALLS", "QUEUED", "COST");
        for (JsonNode instance : answer.path("instances")) {
            Standing standing = Standing.ofInstance(instance);
            List<String> cells =
                    List.of(
                            standing.name(),
                            Json.text(instance, "binding"),
                            standing.state(),
                            InstanceView.place(instance),
                            String.valueOf(instance.path("models").size()),
                            Json.text(instance, "active_calls"),
                            Json.text(instance, "queued_calls"),
                            CostText.of(instance.path("totals").path("cost")));
            table.row(cells, remarks(standing, instance));
        }
        table.print(shell.out());
    }

    /** Why it stands so, and where it serves, what it says is wrong: a provider that is down. */
    private static List<String> remarks(Standing standing, JsonNode instance) {
        List<String> remarks = new ArrayList<>();
        if (!standing.reason().isEmpty()) {
            remarks.add(standing.reason());
        }
        Standing.trouble(instance).ifPresent(remarks::add);
        return remarks;
    }
}
