package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Shows all that is known of one binding. */
@Command(name = "info", description = "Show all that is known of one binding.")
final class InfoCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;
    @Mixin private final Output output;

    @Parameters(paramLabel = "ID", description = "The binding's id.")
    private String id = "";

    InfoCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
        this.output = new Output(shell);
    }

    @Override
    public void run() {
        output.print(host.admin().get("bindings", id), this::show);
    }

    private void show(JsonNode binding) {
        JsonNode card = binding.path("card");
        fact("id", binding.path("id"));
        fact("name", binding.path("name"));
        fact("version", binding.path("version"));
        fact("state", binding.path("state"));
        fact("reason", binding.path("reason"));
        for (String field : new String[] {"description", "author", "url", "license", "type"}) {
            fact(field, card.path(field));
        }
        fact("capabilities", String.join(", ", Json.texts(card, "capabilities")));
        for (String field : new String[] {"isolation", "threads", "swap", "models"}) {
            fact(field, card.path(field));
        }
        fact("contract", card.path("api"));
        fact("instances", String.join(", ", Json.texts(binding, "instances")));
        fact("generation", binding.path("generation"));
        fact("file", binding.path("file"));
        fact("sha256", binding.path("sha256"));
        settings(card.path("settings"));
        commands(card.path("commands"));
    }

    private void fact(String name, JsonNode value) {
        fact(name, Json.text(value));
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            shell.out().printf("%-13s %s%n", name, value);
        }
    }

    private void settings(JsonNode settings) {
        if (!settings.isEmpty()) {
            shell.out().println();
            SettingsTable.of(settings).print(shell.out(), shell.terminal().width());
        }
    }

    private void commands(JsonNode commands) {
        if (commands.isEmpty()) {
            return;
        }
        shell.out().println();
        SettingsTable.ofCommands(commands).print(shell.out(), shell.terminal().width());
    }
}
