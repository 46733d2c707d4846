package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.operator.ShellClient;
import dev.bindery.cli.operator.ShellDialogue;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The operator's shell on the running host. */
@Command(
        name = "shell",
        description =
                "Open a shell on the running host: its bindings and instances, and what Apache Felix Gogo brings.",
        footer = {"", "bindery shell -c 'list | grep FAILED'", "bindery shell < LINES"})
final class ShellCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;

    @Option(
            names = "-c",
            paramLabel = "LINE",
            description = "Run this line and leave; may be given several times.")
    private List<String> lines = new ArrayList<>();

    ShellCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    @Override
    public void run() {
        AdminClient admin = host.admin();
        try (ShellClient client = ShellClient.open(admin)) {
            if (!lines.isEmpty()) {
                lines.forEach(line -> run(client, line));
            } else if (shell.terminal().interactive()) {
                converse(client);
            } else {
                runInput(client);
            }
        }
    }

    private static void converse(ShellClient client) {
        try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
            new ShellDialogue(client, terminal).hold();
        } catch (IOException e) {
            throw new CommandFailure("The terminal cannot be used: " + e.getMessage(), e);
        }
    }

    /** A line that fails ends it: what comes after may build on it. */
    private void runInput(ShellClient client) {
        try {
            BufferedReader input =
                    new BufferedReader(new InputStreamReader(shell.in(), StandardCharsets.UTF_8));
            for (String line = input.readLine(); line != null; line = input.readLine()) {
                if (!line.isBlank()) {
                    run(client, line);
                }
            }
        } catch (IOException e) {
            throw new CommandFailure("Standard input could not be read: " + e.getMessage(), e);
        }
    }

    private void run(ShellClient client, String line) {
        PrintWriter out = shell.out();
        client.run(
                line,
                text -> {
                    out.print(text);
                    out.flush();
                });
    }
}
