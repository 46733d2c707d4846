package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Deletes models that were pulled. */
@Command(name = "rm", description = "Delete models that were pulled.")
final class RmCommand implements Runnable {
    private final Shell shell;
    @Mixin private final RunningHost host;

    @Parameters(arity = "1..*", paramLabel = "MODEL", description = "Names: INSTANCE/MODEL.")
    private List<String> models = new ArrayList<>();

    RmCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    @Override
    public void run() {
        AdminClient admin = host.admin();
        for (String model : models) {
            admin.delete("models", model);
            shell.out().println(model + " is deleted.");
        }
    }
}
