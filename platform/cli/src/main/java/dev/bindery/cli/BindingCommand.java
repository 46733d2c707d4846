package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.shell.Shell;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A command that does one thing to each of some bindings. */
abstract sealed class BindingCommand implements Callable<Integer>
        permits DisableCommand, EnableCommand, ReloadCommand, RollbackCommand, UninstallCommand {
    private final Shell shell;
    @Mixin private final RunningHost host;

    @Parameters(arity = "1..*", paramLabel = "ID", description = "Ids of bindings.")
    private List<String> ids = new ArrayList<>();

    BindingCommand(Shell shell) {
        this.shell = shell;
        this.host = new RunningHost(shell);
    }

    /** Does it to one. */
    abstract Standing change(AdminClient admin, String id);

    @Override
    public Integer call() {
        AdminClient admin = host.admin();
        int exit = ExitCode.OK;
        for (String id : ids) {
            Standing standing = change(admin, id);
            if (standing.failed()) {
                shell.err().println("bindery: " + standing.sentence());
                exit = ExitCode.SOFTWARE;
            } else {
                shell.out().println(standing.sentence());
            }
        }
        return exit;
    }
}
