package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;

/** Goes back to the versions that served before. */
@Command(
        name = "rollback",
        description = "Go back to the versions that served before; calls in flight go on.")
final class RollbackCommand extends BindingCommand {
    RollbackCommand(Shell shell) {
        super(shell);
    }

    @Override
    Standing change(AdminClient admin, String id) {
        return Standing.ofBinding(admin.post("bindings", id, "rollback"));
    }
}
