package dev.bindery.server.tls;

import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;

/**
 * The certificate that a server shows, and again what its files hold when they have changed. What
 * cannot be shown is refused, and the one before goes on. Safe for all threads.
 */
public final class ServerCertificate {
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(1);

    private final TlsFiles files;
    private final ShownPair shown;
    private final SSLContext context;
    private volatile CertificateListener.Pins pins = _ -> {};
    private TlsFiles.State seen;
    private TlsFiles.State tried;

    private ServerCertificate(TlsFiles files, TlsFiles.State state, TlsPair pair) {
        this.files = files;
        this.seen = state;
        this.tried = state;
        this.shown = new ShownPair(pair);
        this.context = context(shown);
    }

    /**
     * @throws IOException when the files do not hold a certificate and its key; the message names
     *     the file and can be shown as it is
     */
    public static ServerCertificate read(TlsFiles files) throws IOException {
        TlsFiles.State state = files.state();
        return new ServerCertificate(files, state, TlsPair.read(files));
    }

    private static SSLContext context(ShownPair shown) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(new KeyManager[] {shown}, null, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    public TlsFiles files() {
        return files;
    }

    /** By which a server's sockets show it; stays the same when the certificate is replaced. */
    public SSLContext context() {
        return context;
    }

    /** Its SHA-256, in hexadecimal digits. */
    public String fingerprint() {
        return shown.pair().fingerprint();
    }

    /** Whose it is, as it says itself. */
    public String subject() {
        return shown.pair().own().getSubjectX500Principal().getName();
    }

    /** When the first of its chain expires. */
    public Instant expires() {
        return CertificateDates.expires(shown.pair().chain());
    }

    /** What clients will say against its dates; empty where that is nothing. */
    public Optional<String> objection(Instant now) {
        return CertificateDates.objection(shown.pair().chain(), now);
    }

    /** Until when it is valid, or why it is not, in a few words. */
    public String dates(Instant now) {
        return CertificateDates.sentence(shown.pair().chain(), now);
    }

    /** Has somebody know which certificates may be shown; replaces who was told before. */
    public void tell(CertificateListener.Pins listener) {
        pins = listener;
        listener.shown(Set.of(fingerprint()));
    }

    /** Looks at the files from now on, every second, until the watch is closed. */
    public Watch watch(CertificateListener listener) {
        Thread thread =
                Thread.ofVirtual().name("certificate-watch").start(() -> lookOften(listener));
        return thread::interrupt;
    }

    /** Ends with its close. */
    @FunctionalInterface
    public interface Watch extends AutoCloseable {
        @Override
        void close();
    }

    private void lookOften(CertificateListener listener) {
        try {
            while (true) {
                Thread.sleep(BETWEEN_LOOKS);
                look(listener);
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** Reads changed files once two looks agree, so that none is read while it is written. */
    synchronized void look(CertificateListener listener) {
        TlsFiles.State now = files.state();
        boolean still = now.equals(seen);
        seen = now;
        if (still && !now.equals(tried)) {
            tried = now;
            readAgain(listener);
        }
    }

    private void readAgain(CertificateListener listener) {
        try {
            replace(TlsPair.read(files), listener);
        } catch (IOException e) {
            listener.refused(
                    "%s; the one before is shown on, and expires %s"
                            .formatted(e.getMessage(), CertificateDates.day(expires())));
        }
    }

    private void replace(TlsPair pair, CertificateListener listener) {
        TlsPair before = shown.pair();
        if (pair.chain().equals(before.chain())) {
            return;
        }
        pins.shown(both(before, pair));
        shown.replace(pair);
        pins.shown(Set.of(pair.fingerprint()));
        listener.replaced(
                "%s is shown from now on; %s"
                        .formatted(
                                subject(), CertificateDates.sentence(pair.chain(), Instant.now())));
    }

    private static Set<String> both(TlsPair before, TlsPair pair) {
        return new LinkedHashSet<>(List.of(before.fingerprint(), pair.fingerprint()));
    }

    /** Whose it is; not the key. */
    @Override
    public String toString() {
        return "ServerCertificate[" + subject() + "]";
    }
}
