package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Removes bindings from a running host. */
@Command(name = "uninstall", description = "Remove bindings; their settings and their models stay.")
final class UninstallCommand extends BindingCommand {
    @Mixin private final Drain drain = new Drain();

    UninstallCommand(Shell shell) {
        super(shell);
    }

    @Override
    Standing change(AdminClient admin, String id) {
        admin.delete(drain.query(), "bindings", id);
        return new Standing(id, "uninstalled", "");
    }
}
