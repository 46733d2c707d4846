package dev.bindery.cli;

import dev.bindery.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;

/** Has an instance run a command that its binding declares. */
@Command(
        name = "exec",
        description =
                "Run a command of an instance's binding; `bindery info` shows which there are.")
final class ExecCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;

    @Option(names = "--json", description = "Print the answer as JSON.")
    private boolean json;

    @Parameters(index = "0", paramLabel = "INSTANCE", description = "The instance's name.")
    private String instance = "";

    @Parameters(index = "1", paramLabel = "COMMAND", description = "The command's name.")
    private String command = "";

    @Parameters(
            index = "2..*",
            paramLabel = "NAME=VALUE",
            description = "Its arguments; @FILE and - are read.")
    private List<String> arguments = new ArrayList<>();

    ExecCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    @Override
    public void run() {
        JsonNode answer =
                host.admin()
                        .post(
                                new Assignments(shell).read(arguments),
                                "instances",
                                instance,
                                "commands",
                                command);
        JsonNode result = answer.path("result");
        shell.out().println(result.isString() && !json ? result.stringValue() : result.toString());
    }
}
