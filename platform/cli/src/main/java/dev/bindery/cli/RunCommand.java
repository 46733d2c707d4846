package dev.bindery.cli;

import dev.bindery.cli.admin.HomeFolder;
import dev.bindery.cli.running.HostProcess;
import dev.bindery.cli.running.RunOptions;
import dev.bindery.cli.settings.EnvironmentSettings;
import dev.bindery.cli.settings.FileSettings;
import dev.bindery.cli.settings.RunSettings;
import dev.bindery.cli.shell.Shell;
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
            "What is not given here is taken from the environment, then from conf/bindery.yaml of",
            "the home: BINDERY_HOST and host:, BINDERY_TLS_CERT and tls: {cert:}, and so on.",
            "",
            "Environment alone: BINDERY_HOME; BINDERY_ADMIN_TOKEN or BINDERY_ADMIN_TOKEN_FILE;",
            "BINDERY_API_KEYS or BINDERY_API_KEYS_FILE: keys that clients must show, SECRET or",
            "NAME=SECRET, with commas or line ends between them."
        })
final class RunCommand implements Runnable {
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
            names = "--tls",
            negatable = true,
            description = {
                "Whether it speaks TLS; else it does where a certificate is chosen.",
                "--no-tls: not even with one of the environment or of conf/bindery.yaml."
            })
    private @Nullable Boolean tls;

    @Option(
            names = "--tls-cert",
            paramLabel = "FILE",
            description = {
                "Speak TLS with this certificate: PEM, the server's own first, then its issuers.",
                "Read again when it changes."
            })
    private @Nullable Path tlsCertificate;

    @Option(
            names = "--tls-key",
            paramLabel = "FILE",
            description = "The certificate's key: PEM, without a password.")
    private @Nullable Path tlsKey;

    @Option(
            names = "--allow-host",
            paramLabel = "NAME",
            description = "A name by which clients call it, beyond this machine's.")
    private @Nullable List<String> allowedHosts;

    @Option(
            names = "--allow-origin",
            paramLabel = "ORIGIN",
            description = "Of web pages that may call it: https://app.example.org")
    private @Nullable List<String> allowedOrigins;

    @Option(
            names = "--allow-fetch",
            paramLabel = "HOST",
            description = {
                "A host of a private network from which images and files may be fetched",
                "that clients name by their address; those of public hosts always may."
            })
    private @Nullable List<String> allowedFetches;

    @Option(
            names = "--fetch",
            negatable = true,
            description = "Whether anything is fetched that clients name by address; else it is.")
    private @Nullable Boolean fetch;

    @Option(
            names = "--grace",
            paramLabel = "SECONDS",
            description = "How long calls may go on when it stops; else 30.")
    private @Nullable Integer grace;

    @Option(
            names = "--access-log",
            negatable = true,
            description = "Whether requests are logged; else they are.")
    private @Nullable Boolean accessLog;

    @Option(
            names = "--model",
            negatable = true,
            description = "Whether a model is fetched at the first start; else it is.")
    private @Nullable Boolean model;

    RunCommand(Shell shell) {
        this.shell = shell;
    }

    @Override
    public void run() {
        HomeFolder folder = HomeFolder.chosen(home, shell);
        RunSettings settings =
                given().or(EnvironmentSettings.of(shell)).or(FileSettings.of(folder.settings()));
        RunOptions options =
                new RunOptions(
                        folder.path(),
                        Path.of(System.getProperty("bindery.distribution", ".")),
                        settings.checked());
        new HostProcess(options, shell, Version.ofBindery()).run();
    }

    private RunSettings given() {
        return new RunSettings(
                Optional.ofNullable(host),
                Optional.ofNullable(port),
                Optional.ofNullable(allowedHosts).map(Set::copyOf),
                Optional.ofNullable(allowedOrigins).map(Set::copyOf),
                Optional.ofNullable(fetch),
                Optional.ofNullable(allowedFetches).map(Set::copyOf),
                Optional.ofNullable(tls),
                Optional.ofNullable(tlsCertificate).map(Path::toAbsolutePath),
                Optional.ofNullable(tlsKey).map(Path::toAbsolutePath),
                Optional.ofNullable(grace).map(Duration::ofSeconds),
                Optional.ofNullable(accessLog),
                Optional.ofNullable(model));
    }
}
