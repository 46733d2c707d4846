package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.shell.Table;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows all bindings: what serves, and why the others do not. */
@Command(name = "list", description = "List the bindings, and why those that do not serve do not.")
final class ListCommand implements Runnable {
    private static final int MODELS_NAMED = 2;

    private final Shell shell;
    @Mixin private final RunningHost host;
    @Mixin private final Output output;

    ListCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
        this.output = new Output(shell);
    }

    @Override
    public void run() {
        AdminClient admin = host.admin();
        output.print(admin.get("bindings"), bindings -> table(bindings, admin.get("instances")));
    }

    private void table(JsonNode bindings, JsonNode instances) {
        if (bindings.path("bindings").isEmpty()) {
            shell.out()
                    .println("There are no bindings. Install one with: bindery install FILE.jar");
            return;
        }
        Table table = new Table("ID", "VERSION", "STATE", "INSTANCES", "MODELS");
        for (JsonNode binding : bindings.path("bindings")) {
            List<JsonNode> own = instancesOf(binding, instances);
            List<String> cells =
                    List.of(
                            Json.text(binding, "id"),
                            orDash(Json.text(binding, "version")),
                            Json.text(binding, "state"),
                            orDash(String.join(", ", Json.texts(binding, "instances"))),
                            models(own));
            table.row(cells, Standing.remarks(binding, own));
        }
        table.print(shell.out());
    }

    private static List<JsonNode> instancesOf(JsonNode binding, JsonNode instances) {
        List<String> names = Json.texts(binding, "instances");
        List<JsonNode> own = new ArrayList<>();
        for (JsonNode instance : instances.path("instances")) {
            if (names.contains(Json.text(instance, "name"))) {
                own.add(instance);
            }
        }
        return own;
    }

    private static String models(List<JsonNode> instances) {
        List<String> models = new ArrayList<>();
        for (JsonNode instance : instances) {
            String prefix = Json.text(instance, "name") + "/";
            Json.texts(instance, "models").forEach(model -> models.add(prefix + model));
        }
        return models.size() > MODELS_NAMED
                ? models.size() + " models"
                : orDash(String.join(", ", models));
    }

    private static String orDash(String cell) {
        return cell.isEmpty() ? "-" : cell;
    }
}
