package dev.bindery.cli.running;

import dev.bindery.cli.admin.HomeFolder;
import dev.bindery.cli.settings.EnvironmentSettings;
import dev.bindery.cli.settings.FileSettings;
import dev.bindery.cli.settings.RunSettings;
import dev.bindery.cli.shell.CommandFailure;
import dev.bindery.cli.shell.Shell;
import dev.bindery.host.Finding;
import dev.bindery.server.cost.PriceList;
import dev.bindery.server.diagnosis.ReachExamination;
import dev.bindery.server.keys.KeyFile;
import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.port.Port;
import dev.bindery.server.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at what a start of a host on a home would meet: its settings, the port, keys, files. */
public final class StartExamination {
    private final HomeFolder home;
    private final Shell shell;
    private final List<Finding> findings = new ArrayList<>();

    public StartExamination(HomeFolder home, Shell shell) {
        this.home = home;
        this.shell = shell;
    }

    public List<Finding> findings() {
        PriceList.examine(home.path()).ifPresent(findings::add);
        try {
            RunSettings settings =
                    EnvironmentSettings.of(shell).or(FileSettings.of(home.settings()));
            InetAddress address =
                    InetAddress.getByName(settings.host().orElse(RunSettings.USUAL_HOST));
            port(address, settings.port().orElse(RunSettings.USUAL_PORT));
            KeyRing keys = KeyRing.of(ApiKeys.of(shell), new KeyFile(home.apiKeys()));
            findings.add(ReachExamination.keys(address, keys));
            TlsFiles tls = settings.tls().orElse(null);
            if (tls != null) {
                findings.addAll(ReachExamination.certificate(tls, Instant.now()));
            }
        } catch (UnknownHostException e) {
            problem(e.getMessage() + " is no address of this machine", "correct host");
        } catch (CommandFailure | IllegalArgumentException | IOException e) {
            problem(String.valueOf(e.getMessage()), "a host would not start with that");
        }
        return List.copyOf(findings);
    }

    private void problem(String message, String advice) {
        findings.add(Finding.problem("settings", message, advice));
    }

    private void port(InetAddress address, int port) {
        try {
            Port.checkFree(new InetSocketAddress(address, port));
            String name = address.getHostAddress() + ":" + port;
            findings.add(Finding.fine("address", name + " is free to listen on"));
        } catch (IOException e) {
            findings.add(
                    Finding.problem(
                            "address",
                            "a host "
                                    + String.valueOf(e.getMessage()).replaceFirst("^can", "could "),
                            "stop what listens there, or choose another: --port, or port in "
                                    + home.settings()));
        }
    }
}
