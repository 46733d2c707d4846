package dev.bindery.cli;

import dev.bindery.cli.admin.AdminClient;
import dev.bindery.cli.admin.HomeFolder;
import dev.bindery.cli.shell.Shell;
import dev.bindery.cli.shell.WrongCall;
import java.nio.file.Files;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options by which a command finds the host that it is about. */
final class RunningHost {
    private final Shell shell;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "The host's home; else $BINDERY_HOME, else ~/.bindery.")
    private @Nullable String home;

    @Option(
            names = "--url",
            paramLabel = "URL",
            description = "The host's address; else $BINDERY_URL, else that of the home's host.")
    private @Nullable String url;

    RunningHost(Shell shell) {
        this.shell = shell;
    }

    /** The host's home, on this machine. */
    HomeFolder home() {
        return HomeFolder.chosen(home, shell);
    }

    /** Whether the host is given by its address. */
    boolean byAddress() {
        return url != null;
    }

    AdminClient admin() {
        if (home != null && !byAddress() && !Files.isDirectory(home().path())) {
            throw new WrongCall(
                    "There is no folder %s; --home names the home of a host."
                            .formatted(home().path()));
        }
        return new AdminClient(home(), home != null, url, shell);
    }
}
