package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;

/** Start bindings afresh from their jars, without a call failing. */
@Command(
        name = "reload",
        description = "Start bindings afresh from their jars, without a call failing.")
final class ReloadCommand extends BindingCommand {
    ReloadCommand(Shell shell) {
        super(shell);
    }

    @Override
    Standing change(AdminClient admin, String id) {
        return Standing.ofBinding(admin.post("bindings", id, "reload"));
    }
}
