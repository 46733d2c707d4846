package dev.bindery.server;

import dev.bindery.host.Events;
import dev.bindery.server.tls.CertificateListener;
import dev.bindery.server.tls.ServerCertificate;

/** Tells what becomes of a certificate as the host's events, which are logged as well. */
record CertificateEvents(Events events, ServerCertificate certificate)
        implements CertificateListener {
    @Override
    public void replaced(String message) {
        publish("certificate/REPLACED", message);
    }

    @Override
    public void refused(String message) {
        publish("certificate/REFUSED", message);
    }

    private void publish(String topic, String message) {
        events.publish(topic, String.valueOf(certificate.files().certificate()), message);
    }
}
