package dev.bindery.cli.admin;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/**
 * Trusts exactly the certificate that the host of a home wrote down, whoever issued it and whatever
 * names and dates it bears: that file says more than any authority.
 */
final class PinnedCertificate implements X509TrustManager {
    private final WrittenHost host;

    private PinnedCertificate(WrittenHost host) {
        this.host = host;
    }

    /** Has a client trust it, and nothing else. */
    static void trust(OkHttpClient.Builder client, WrittenHost host) {
        PinnedCertificate pinned = new PinnedCertificate(host);
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {pinned}, null);
            client.sslSocketFactory(context.getSocketFactory(), pinned)
                    .hostnameVerifier((_, _) -> true);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        if (!host.certificates().contains(fingerprint(chain[0]))) {
            throw new CertificateException(
                    "what listens there shows another certificate than the host that runs on "
                            + host.home().path());
        }
    }

    private static String fingerprint(X509Certificate certificate) throws CertificateException {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new CertificateException(e);
        }
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw new CertificateException("nobody shows a certificate to a command");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
