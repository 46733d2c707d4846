package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;

/** Removes bindings from a running host. */
@Command(name = "uninstall", description = "Remove bindings; their settings and their models stay.")
final class UninstallCommand extends BindingCommand {
    UninstallCommand(Shell shell) {
        super(shell);
    }

    @Override
    Standing change(AdminClient admin, String id) {
        admin.delete("bindings", id);
        return new Standing(id, "uninstalled", "");
    }
}
