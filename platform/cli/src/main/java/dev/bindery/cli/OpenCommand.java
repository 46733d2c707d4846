package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.Json;
import dev.bindery.cli.operator.Browser;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import tools.jackson.databind.JsonNode;

/** Opens the host's page in a browser, logged in. */
@Command(
        name = "open",
        description = "Open the host's page in a browser, logged in.",
        footer = {
            "",
            "The address that it prints works once, and for one minute. Where there is no browser,",
            "open it in one that reaches the host."
        })
final class OpenCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;

    @Option(names = "--no-browser", description = "Only print the address.")
    private boolean noBrowser;

    OpenCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    @Override
    public void run() {
        AdminClient admin = host.admin();
        JsonNode made = admin.post("login");
        String address = admin.address() + Json.text(made, "path");
        shell.out().println(address);
        boolean opened = !noBrowser && new Browser(shell).open(address);
        shell.err()
                .println(
                        opened
                                ? "Opened in your browser."
                                : "Open it within %s seconds; it works once."
                                        .formatted(Json.text(made, "expires_in_s")));
    }
}
