package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.shell.Shell;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** End the calls of bindings, and keep them away until they are enabled. */
@Command(
        name = "disable",
        description = "End the calls of bindings, and keep them away until they are enabled.")
final class DisableCommand extends BindingCommand {
    @Mixin private final Drain drain = new Drain();

    DisableCommand(Shell shell) {
        super(shell);
    }

    @Override
    Standing change(AdminClient admin, String id) {
        return Standing.ofBinding(admin.post(drain.query(), "bindings", id, "disable"));
    }
}
