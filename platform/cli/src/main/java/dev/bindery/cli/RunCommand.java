package dev.bindery.cli;

import dev.bindery.cli.admin.HomeFolder;
import dev.bindery.cli.running.HostProcess;
import dev.bindery.cli.running.RunOptions;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.server.options.FetchRules;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Runs a host until it is asked to end. */
@Command(
        name = "run",
        description = "Run a host, until Ctrl-C.",
        footer = {
            "",
            "Environment: BINDERY_HOME, BINDERY_HOST, BINDERY_PORT; BINDERY_ADMIN_TOKEN or",
            "BINDERY_ADMIN_TOKEN_FILE; BINDERY_API_KEYS or BINDERY_API_KEYS_FILE: keys that",
            "clients must show, SECRET or NAME=SECRET, with commas or line ends between them;",
            "BINDERY_ACCESS_LOG: off keeps no log of requests."
        })
final class RunCommand implements Runnable {
    private static final String USUAL_ADDRESS = "127.0.0.1";
    private static final int USUAL_PORT = 9600;

    private final Shell shell;

    @Option(
            names = "--home",
            paramLabel = "FOLDER",
            description = "Where it keeps everything; else $BINDERY_HOME, else ~/.bindery.")
    private @Nullable String home;

    @Option(
            names = "--host",
            paramLabel = "ADDRESS",
            description = "The address to listen on; else 127.0.0.1. Others need API keys.")
    private @Nullable String host;

    @Option(
            names = "--port",
            paramLabel = "PORT",
            description = "The port to listen on; else 9600. 0 takes any that is free.")
    private @Nullable Integer port;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A name by which clients call it, beyond this machine's.")
    private List<String> allowedHosts = List.of();

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description = "Of web pages that may call it: https://app.example.org")
    private List<String> allowedOrigins = List.of();

    @Option(
            names = "--allow-fetch",
            paramLabel = "HOST",
            description = {
                "A host of a private network from which images and files may be fetched",
                "that clients name by their address; those of public hosts always may."
            })
    private List<String> allowedFetches = List.of();

    @Option(names = "--no-fetch", description = "Fetch nothing that clients name by address.")
    private boolean noFetch;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "How long calls may go on when it stops; else 30.")
    private int grace = 30;

    @Option(names = "--no-model", description = "Fetch no model at the first start.")
    private boolean noModel;

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        FetchRules rules = FetchRules.DEFAULTS.allowing(Set.copyOf(allowedFetches));
        RunOptions options =
                new RunOptions(
                        HomeFolder.chosen(home, shell).path(),
                        Path.of(System.getProperty("bindery.distribution", ".")),
                        Optional.ofNullable(host)
                                .or(() -> shell.variable("BINDERY_HOST"))
                                .orElse(USUAL_ADDRESS),
                        port(),
                        Set.copyOf(allowedHosts),
                        Set.copyOf(allowedOrigins),
                        noFetch ? rules.disabled() : rules,
                        Duration.ofSeconds(grace),
                        !noModel);
        new HostProcess(options, shell, Version.ofBindery()).run();
    }

    private int port() {
        if (port != null) {
            return port;
        }
        String written = shell.variable("BINDERY_PORT").orElse(String.valueOf(USUAL_PORT));
        try {
            return Integer.parseInt(written.strip());
        } catch (NumberFormatException e) {
            throw new CommandFailure("BINDERY_PORT is " + written + ", but a port is a number.", e);
        }
    }
}
