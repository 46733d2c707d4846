package dev.bindery.server.tls;

import java.util.Set;

/** Hears what becomes of a certificate whose files change. Each call in one line for people. */
public interface CertificateListener {
    /** Another one is shown from now on. */
    void replaced(String message);

    /** What the files hold now cannot be shown; the one before goes on. */
    void refused(String message);

    /** Hears which certificates may be shown. */
    @FunctionalInterface
    interface Pins {
        /**
         * Called before another certificate is shown, with both, and after it, with the new one.
         *
         * @param fingerprints their SHA-256, in hexadecimal digits
         */
        void shown(Set<String> fingerprints);
    }
}
