package dev.bindery.server.diagnosis;

import dev.bindery.host.Finding;
import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.options.ServerOptions;
import dev.bindery.server.tls.ServerCertificate;
import dev.bindery.server.tls.TlsFiles;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Looks at how a host is reached, or would be: address, API keys, certificate. */
public final class ReachExamination {
    private static final Duration SOON = Duration.ofDays(14);
    private static final String KEYS = "API keys";
    private static final String TLS = "certificate";

    private ReachExamination() {}

    /**
     * Of a server that runs.
     *
     * @param url where it listens
     */
    public static List<Finding> of(ServerOptions options, String url) {
        List<Finding> findings = new ArrayList<>();
        findings.add(Finding.fine("address", "listens on " + url));
        findings.add(keys(options.address(), options.keys()));
        options.certificate()
                .ifPresent(certificate ->
                        findings.addAll(certificate(certificate.files(), Instant.now())));
        return List.copyOf(findings);
    }

    /** Who may use the models at an address. */
    public static Finding keys(InetAddress address, KeyRing keys) {
        int count = keys.given().size() + keys.kept().size();
        if (count > 0) {
            return Finding.fine(
                    KEYS,
                    "%d, %d of them from the environment".formatted(count, keys.given().size()));
        }
        return address.isLoopbackAddress()
                ? Finding.note(
                        KEYS,
                        "there are none: everybody on this machine may use the models",
                        "to have them shown from now on: bindery keys add NAME")
                : Finding.problem(
                        KEYS,
                        "there are none, and %s can be reached from other machines: clients are refused, and so is the next start"
                                .formatted(address.getHostAddress()),
                        "make one: bindery keys add NAME");
    }

    /** What the files of a certificate hold, and for how long. */
    public static List<Finding> certificate(TlsFiles files, Instant now) {
        List<Finding> findings = new ArrayList<>();
        try {
            ServerCertificate certificate = ServerCertificate.read(files);
            findings.add(dates(certificate, now));
        } catch (IOException e) {
            findings.add(
                    Finding.problem(
                            TLS,
                            String.valueOf(e.getMessage()),
                            "put a certificate and its key there; a running host takes them over by itself"));
        }
        if (files.isKeyExposed()) {
            findings.add(
                    Finding.problem(
                            TLS,
                            "others than its owner can come at the key " + files.key(),
                            "close it: chmod go-rwx " + files.key()));
        }
        return findings;
    }

    private static Finding dates(ServerCertificate certificate, Instant now) {
        String said =
                "%s of %s: %s"
                        .formatted(
                                certificate.subject(),
                                certificate.files().certificate(),
                                certificate.dates(now));
        boolean wrong = certificate.objection(now).isPresent();
        return wrong || certificate.expires().isBefore(now.plus(SOON))
                ? Finding.problem(
                        TLS, said, "renew it; a running host takes the new one over by itself")
                : Finding.fine(TLS, said);
    }
}
