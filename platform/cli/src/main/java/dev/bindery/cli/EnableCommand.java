package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;

/** Let disabled or quarantined bindings serve again. */
@Command(
        name = "enable",
        description = "Let disabled or quarantined bindings serve again; try again what failed.")
final class EnableCommand extends BindingCommand {
    EnableCommand(Shell shell) {
        super(shell);
    }

    @Override
    Standing change(AdminClient admin, String id) {
        return Standing.ofBinding(admin.post("bindings", id, "enable"));
    }
}
