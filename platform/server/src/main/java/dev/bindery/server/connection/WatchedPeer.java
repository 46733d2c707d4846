package dev.bindery.server.connection;

import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.cert.Certificate;
import java.util.Optional;

/**
 * The client as Helidon describes it, with the watch on its connection. The peer is the one part of
 * a connection that every request hands out, whichever its protocol and thread.
 */
record WatchedPeer(ConnectionContext context, ConnectionWatch watch) implements PeerInfo {
    @Override
    public SocketAddress address() {
        return context.remotePeer().address();
    }

    @Override
    public String host() {
        return context.remotePeer().host();
    }

    @Override
    public int port() {
        return context.remotePeer().port();
    }

    @Override
    public Optional<Principal> tlsPrincipal() {
        return context.remotePeer().tlsPrincipal();
    }

    @Override
    public Optional<Certificate[]> tlsCertificates() {
        return context.remotePeer().tlsCertificates();
    }
}
