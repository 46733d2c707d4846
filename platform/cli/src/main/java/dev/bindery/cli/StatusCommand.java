package dev.bindery.cli;

import dev.bindery.cli.admin.Json;
import dev.bindery.cli.shell.ByteCount;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import tools.jackson.databind.JsonNode;

/** Shows how a running host is. */
@Command(name = "status", description = "Show how the host is.")
final class StatusCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;
    @Mixin private final Output output;

    StatusCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
        this.output = new Output(shell);
    }

    @Override
    public void run() {
        output.print(host.admin().get("status"), this::show);
    }

    private void show(JsonNode status) {
        fact("version", Json.text(status, "version"));
        fact("address", Json.text(status, "address"));
        fact("home", Json.text(status, "home"));
        fact("pid", Json.text(status, "pid"));
        fact("started", Json.text(status, "started").replaceFirst("\\.\\d+Z$", "Z"));
        fact("settled", settled(status));
        fact("bindings", Json.text(status, "bindings"));
        fact("instances", Json.text(status, "instances"));
        fact("models", Json.text(status, "models"));
        fact("cost", CostText.of(status.path("cost")));
        fact("uncollected", String.join(", ", Json.texts(status, "uncollected")));
        fact("memory", bytes(status.path("memory").path("rss_bytes")));
        fact("heap", bytes(status.path("memory").path("heap_bytes")));
    }

    private static String settled(JsonNode status) {
        return status.path("settled").asBoolean(false)
                ? "yes"
                : "no, waiting for " + String.join(", ", Json.texts(status, "pending"));
    }

    private static String bytes(JsonNode count) {
        return count.isNumber() ? ByteCount.of(count.asLong()) : "";
    }

    private void fact(String name, String value) {
        if (!value.isEmpty()) {
            shell.out().printf("%-11s %s%n", name, value);
        }
    }
}
