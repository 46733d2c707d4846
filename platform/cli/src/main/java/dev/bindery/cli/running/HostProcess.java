package dev.bindery.cli.running;

import dev.bindery.cli.admin.HomeFolder;
import dev.bindery.cli.admin.HostOnHome;
import dev.bindery.cli.settings.RunSettings;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Home;
import dev.bindery.host.Host;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.embedded.EmbeddedHost;
import dev.bindery.server.BinderyServer;
import dev.bindery.server.ServedHost;
import dev.bindery.server.keys.KeyFile;
import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.options.ServerOptions;
import dev.bindery.server.tls.ServerCertificate;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** A host in this process, from its start to its end. */
public final class HostProcess {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final Duration LAST_CALLS = Duration.ofSeconds(2);

    private final RunOptions options;
    private final RunSettings settings;
    private final Shell shell;
    private final String version;
    private final ClassArchive archive = new ClassArchive();

    public HostProcess(RunOptions options, Shell shell, String version) {
        this.options = options;
        this.settings = options.settings();
        this.shell = shell;
        this.version = version;
    }

    /** Runs the host until the process is asked to end, and then stops it in good order. */
    public void run() {
        StopSignal stop = StopSignal.listen();
        boolean served = false;
        refuseSecond();
        makeHome();
        BinderyServer.prepare();
        ServerOptions listening = listening();
        Logs.into(options.home(), options.distribution(), settings.accessLog().orElse(true));
        listening.certificate().ifPresent(CertificateRemarks::log);
        Host host = start();
        Path told = host.home().state().resolve("running.json");
        try (Announcement announcement = new Announcement(told);
                BinderyServer server = serve(host, listening);
                Carriers _ = Carriers.watch()) {
            announce(announcement, server, listening);
            settle(host, stop);
            if (!stop.isAsked()) {
                boolean asksForKeys = !listening.keys().isEmpty();
                new Welcome(host, shell, version, asksForKeys).print(address(server));
                served = true;
                stop.await();
            }
            shell.err().println("Stopping; Ctrl-C ends calls in flight at once.");
        } finally {
            host.close(LAST_CALLS);
        }
        shell.err().println("Stopped.");
        if (archive.isMade() && served) {
            archive.recommend();
            shell.err()
                    .println(
                            "Leaving an archive of classes, so that the next start is faster; it takes a few seconds, once.");
        }
        archive.fallSilent();
    }

    private Host start() {
        try {
            HostOptions started =
                    new HostOptions(new Home(options.home()), bundled(), shell.environment());
            return EmbeddedHost.start(started);
        } catch (HostException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Path> bundled() {
        return Optional.of(options.distribution().resolve("bindings")).filter(Files::isDirectory);
    }

    /** Said first: its port is most often what this one would find taken. */
    private void refuseSecond() {
        HostOnHome.find(new HomeFolder(options.home()))
                .filter(other -> other.process().pid() != ProcessHandle.current().pid())
                .ifPresent(other -> {
                    throw new CommandFailure(
                            "another host is running on %s already, at %s (process %d); stop it with: %s stop --home %s"
                                    .formatted(
                                            options.home(),
                                            other.address(),
                                            other.process().pid(),
                                            shell.command(),
                                            quoted(options.home().toString())));
                });
    }

    private static String quoted(String path) {
        return path.contains(" ") ? "'" + path + "'" : path;
    }

    /** Before anything else, since even the log lies in the home. */
    private void makeHome() {
        try {
            Files.createDirectories(options.home());
        } catch (IOException e) {
            throw new CommandFailure(
                    "the home %s cannot be made: %s; give another with --home"
                            .formatted(options.home(), e),
                    e);
        }
    }

    /** Where to listen; looked at before the host starts, which would be in vain. */
    private ServerOptions listening() {
        String address = settings.host().orElse(RunSettings.USUAL_HOST);
        try {
            ServerOptions.Builder listening =
                    ServerOptions.builder(
                                    TokenFile.of(new Home(options.home()).adminToken(), shell))
                            .address(InetAddress.getByName(address))
                            .port(settings.listeningPort())
                            .allowedHosts(settings.allowedHosts().orElse(Set.of()))
                            .allowedOrigins(settings.allowedOrigins().orElse(Set.of()))
                            .fetch(settings.fetchRules())
                            .keys(keys())
                            .grace(settings.grace().orElse(GRACE));
            if (settings.tls().isPresent()) {
                listening.certificate(ServerCertificate.read(settings.tls().get()));
            }
            ServerOptions chosen = listening.build();
            BinderyServer.check(chosen);
            return chosen;
        } catch (UnknownHostException e) {
            throw new CommandFailure(address + " is no address of this machine; try 127.0.0.1.", e);
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private KeyRing keys() throws IOException {
        return KeyRing.of(ApiKeys.of(shell), new KeyFile(new HomeFolder(options.home()).apiKeys()));
    }

    private BinderyServer serve(Host host, ServerOptions listening) {
        try {
            return BinderyServer.start(listening, ServedHost.of(host, version));
        } catch (IOException | IllegalArgumentException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static void announce(
            Announcement announcement, BinderyServer server, ServerOptions listening) {
        announcement.at(address(server));
        listening
                .certificate()
                .ifPresentOrElse(
                        certificate -> certificate.tell(announcement::write),
                        () -> announcement.write(Set.of()));
    }

    /** As clients on this machine reach it, also where it listens on all addresses. */
    private static String address(BinderyServer server) {
        return server.address().getAddress().isAnyLocalAddress()
                ? server.scheme() + "://127.0.0.1:" + server.address().getPort()
                : server.url();
    }

    /** Bindings start, and a first model is fetched; being asked to stop ends the wait. */
    private void settle(Host host, StopSignal stop) {
        CancellationSource cancellation = new CancellationSource();
        Thread settling =
                Thread.ofVirtual()
                        .name("settling")
                        .start(() -> {
                            provide(host, stop, cancellation);
                            stop.settled();
                        });
        stop.awaitSettledOrAsked();
        if (stop.isAsked()) {
            cancellation.cancel();
            settling.interrupt();
        }
    }

    /** Everything is there after it, unless the process is asked to stop, which interrupts it. */
    private void provide(Host host, StopSignal stop, CancellationSource cancellation) {
        try {
            host.awaitSettled();
            if (settings.model().orElse(true)) {
                new DefaultModel(host, shell).provide(cancellation);
            }
        } catch (HostException e) {
            if (!stop.isAsked()) {
                throw e;
            }
        }
    }
}
