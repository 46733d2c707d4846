package dev.bindery.cli.settings;

import dev.bindery.cli.shell.WrongCall;
import dev.bindery.server.options.FetchRules;
import dev.bindery.server.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What was chosen for a host, at one place or at several; what is absent was not.
 *
 * @param host the name or number of the address to listen on
 * @param port the port; 0 for any that is free
 * @param allowedHosts names by which clients may call it
 * @param allowedOrigins web pages that may call it
 * @param fetch whether anything is fetched that clients name by its address
 * @param allowedFetches hosts of private networks from which that may be
 * @param speaksTls whether it speaks TLS; else it does where there is a certificate
 * @param tlsCertificate the file with the certificate that it shows
 * @param tlsKey the file with the certificate's key
 * @param grace how long calls in flight may go on when it stops
 * @param accessLog whether requests are logged
 * @param model whether a default model is fetched at the first start
 */
public record RunSettings(
        Optional<String> host,
        Optional<Integer> port,
        Optional<Set<String>> allowedHosts,
        Optional<Set<String>> allowedOrigins,
        Optional<Boolean> fetch,
        Optional<Set<String>> allowedFetches,
        Optional<Boolean> speaksTls,
        Optional<Path> tlsCertificate,
        Optional<Path> tlsKey,
        Optional<Duration> grace,
        Optional<Boolean> accessLog,
        Optional<Boolean> model) {
    public static final String USUAL_HOST = "127.0.0.1";
    public static final int USUAL_PORT = 9600;

    private static final int LAST_PORT = 65_535;

    /** These, and those where these say nothing. */
    public RunSettings or(RunSettings others) {
        return new RunSettings(
                host.or(() -> others.host),
                port.or(() -> others.port),
                allowedHosts.or(() -> others.allowedHosts),
                allowedOrigins.or(() -> others.allowedOrigins),
                fetch.or(() -> others.fetch),
                allowedFetches.or(() -> others.allowedFetches),
                speaksTls.or(() -> others.speaksTls),
                tlsCertificate.or(() -> others.tlsCertificate),
                tlsKey.or(() -> others.tlsKey),
                grace.or(() -> others.grace),
                accessLog.or(() -> others.accessLog),
                model.or(() -> others.model));
    }

    /**
     * Looks at what can be said before anything is made.
     *
     * @throws WrongCall where a host cannot be run so
     */
    public RunSettings checked() {
        int _ = listeningPort();
        Optional<TlsFiles> _ = tls();
        grace.filter(Duration::isNegative)
                .ifPresent(time -> {
                    throw new WrongCall(
                            "Calls cannot go on for %d seconds; --grace takes 0 or more."
                                    .formatted(time.toSeconds()));
                });
        return this;
    }

    /**
     * Where to listen.
     *
     * @throws WrongCall where there is no such port
     */
    public int listeningPort() {
        int chosen = port.orElse(USUAL_PORT);
        if (chosen < 0 || chosen > LAST_PORT) {
            throw new WrongCall(
                    "There is no port %d; they go from 1 to %d, and 0 takes any that is free."
                            .formatted(chosen, LAST_PORT));
        }
        return chosen;
    }

    /** What is fetched that clients name by its address. */
    public FetchRules fetchRules() {
        try {
            FetchRules rules = FetchRules.DEFAULTS.allowing(allowedFetches.orElse(Set.of()));
            return fetch.orElse(true) ? rules : rules.disabled();
        } catch (IllegalArgumentException e) {
            throw new WrongCall("--allow-fetch: " + e.getMessage(), e);
        }
    }

    /**
     * The files of the certificate; absent where there is to be none.
     *
     * @throws WrongCall where only one of them was chosen, or none and TLS all the same
     */
    public Optional<TlsFiles> tls() {
        if (!speaksTls.orElse(true)) {
            return Optional.empty();
        }
        if (speaksTls.isPresent() && tlsCertificate.isEmpty() && tlsKey.isEmpty()) {
            throw new WrongCall(
                    "TLS needs a certificate and its key: give --tls-cert FILE and --tls-key FILE, BINDERY_TLS_CERT and BINDERY_TLS_KEY, or tls.cert and tls.key.");
        }
        if (tlsCertificate.isPresent() != tlsKey.isPresent()) {
            throw new WrongCall(
                    tlsKey.isEmpty()
                            ? "The certificate %s needs its key: give --tls-key FILE, BINDERY_TLS_KEY or tls.key."
                                    .formatted(tlsCertificate.orElseThrow())
                            : "The key %s needs its certificate: give --tls-cert FILE, BINDERY_TLS_CERT or tls.cert."
                                    .formatted(tlsKey.orElseThrow()));
        }
        return tlsCertificate.map(file -> new TlsFiles(file, tlsKey.orElseThrow()));
    }
}
