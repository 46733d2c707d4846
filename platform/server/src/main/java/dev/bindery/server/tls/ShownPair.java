package dev.bindery.server.tls;

import java.net.Socket;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/**
 * Gives the JDK the pair that is shown at the moment. A handshake asks three times, for a name and
 * by it for the certificate and the key; the name is the certificate's fingerprint and the pair
 * before is kept, so that a handshake in which the pair is replaced gets no half of each.
 */
final class ShownPair extends X509ExtendedKeyManager {
    /** The one that is shown, then the one before. */
    private volatile List<TlsPair> pairs;

    ShownPair(TlsPair pair) {
        pairs = List.of(pair);
    }

    TlsPair pair() {
        return pairs.getFirst();
    }

    void replace(TlsPair pair) {
        pairs = List.of(pair, pair());
    }

    @Override
    public @Nullable String chooseEngineServerAlias(
            String kind, Principal @Nullable [] issuers, SSLEngine engine) {
        TlsPair pair = pair();
        return pair.own().getPublicKey().getAlgorithm().equals(kind) ? pair.fingerprint() : null;
    }

    @Override
    public @Nullable String chooseServerAlias(
            String kind, Principal @Nullable [] issuers, Socket socket) {
        TlsPair pair = pair();
        return pair.own().getPublicKey().getAlgorithm().equals(kind) ? pair.fingerprint() : null;
    }

    @Override
    public X509Certificate @Nullable [] getCertificateChain(String alias) {
        TlsPair pair = find(alias);
        return pair == null ? null : pair.chain().toArray(X509Certificate[]::new);
    }

    @Override
    public @Nullable PrivateKey getPrivateKey(String alias) {
        TlsPair pair = find(alias);
        return pair == null ? null : pair.key();
    }

    private @Nullable TlsPair find(String alias) {
        for (TlsPair pair : pairs) {
            if (pair.fingerprint().equals(alias)) {
                return pair;
            }
        }
        return null;
    }

    @Override
    public String[] getServerAliases(String kind, Principal @Nullable [] issuers) {
        return new String[] {pair().fingerprint()};
    }

    @Override
    public String @Nullable [] getClientAliases(String kind, Principal @Nullable [] issuers) {
        return null;
    }

    @Override
    public @Nullable String chooseClientAlias(
            String[] kinds, Principal @Nullable [] issuers, Socket socket) {
        return null;
    }
}
