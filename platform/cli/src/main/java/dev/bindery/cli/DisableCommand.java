package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;

/** End the calls of bindings, and keep them away until they are enabled. */
@Command(
        name = "disable",
        description = "End the calls of bindings, and keep them away until they are enabled.")
final class DisableCommand extends BindingCommand {
    DisableCommand(Shell shell) {
        super(shell);
    }

    @Override
    Standing change(AdminClient admin, String id) {
        return Standing.ofBinding(admin.post("bindings", id, "disable"));
    }
}
