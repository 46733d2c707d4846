package dev.bindery.benchmarks.probe;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/** A port on which each connection is served by a virtual thread of its own. */
final class Listening implements AutoCloseable {
    /** Serves one connection to its end. */
    interface Service {
        void serve(SocketChannel connection) throws IOException, InterruptedException;
    }

    private final ServerSocketChannel server;
    private final Service service;

    private Listening(ServerSocketChannel server, Service service) {
        this.server = server;
        this.service = service;
    }

    static Listening start(Service service) throws IOException {
        ServerSocketChannel server = ServerSocketChannel.open();
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        Listening listening = new Listening(server, service);
        Thread.ofVirtual().start(listening::accept);
        return listening;
    }

    InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), server.socket().getLocalPort());
    }

    private void accept() {
        try {
            while (server.isOpen()) {
                SocketChannel connection = server.accept();
                Thread.ofVirtual().start(() -> serve(connection));
            }
        } catch (IOException _) {
            // it was closed
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            service.serve(connection);
        } catch (IOException _) {
            // the other side is gone, which is what all this is about
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
