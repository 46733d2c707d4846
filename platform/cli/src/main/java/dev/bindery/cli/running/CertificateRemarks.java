package dev.bindery.cli.running;

import dev.bindery.server.tls.ServerCertificate;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is worth a warning about a certificate that works. */
final class CertificateRemarks {
    private CertificateRemarks() {}

    /** Once it is settled where to log. */
    static void log(ServerCertificate certificate) {
        Logger log = LoggerFactory.getLogger(CertificateRemarks.class);
        certificate
                .objection(Instant.now())
                .ifPresent(objection ->
                        log.warn(
                                "Clients will refuse the certificate {}: {}",
                                certificate.files().certificate(),
                                objection));
        if (certificate.files().isKeyExposed()) {
            log.warn(
                    "Others than its owner can come at the key {}; close it: chmod go-rwx {}",
                    certificate.files().key(),
                    certificate.files().key());
        }
    }
}
