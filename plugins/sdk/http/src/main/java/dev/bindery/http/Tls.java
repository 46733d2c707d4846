package dev.bindery.http;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;
import okhttp3.OkHttpClient;

/** TLS without checks, for the operator who asks for it: a test server, a self-signed one. */
final class Tls {
    private Tls() {}

    static void acceptAnything(OkHttpClient.Builder client) {
        X509TrustManager trusting = new TrustingManager();
        client.sslSocketFactory(context(trusting).getSocketFactory(), trusting)
                .hostnameVerifier((_, _) -> true);
    }

    private static SSLContext context(X509TrustManager trusting) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {trusting}, new SecureRandom());
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime has no TLS", e);
        }
    }

    private static final class TrustingManager implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String authType) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
