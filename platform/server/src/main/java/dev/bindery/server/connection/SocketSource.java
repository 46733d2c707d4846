package dev.bindery.server.connection;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ServerConnectionException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * The socket's own bytes, beginning with those that Helidon read to recognise the protocol; tells
 * the watch when there are no more. Read by one thread at a time.
 */
final class SocketSource implements ByteSource {
    private final HelidonSocket socket;
    private final ConnectionWatch watch;
    private byte @Nullable [] recognised;

    SocketSource(ConnectionContext context, ConnectionWatch watch) {
        DataReader reader = context.dataReader();
        int available = reader.available();
        this.recognised = available == 0 ? null : reader.readBytes(available);
        this.socket = context.serverSocket();
        this.watch = watch;
    }

    @Override
    public byte @Nullable [] get() {
        byte[] first = recognised;
        recognised = null;
        return first == null ? read() : first;
    }

    private byte @Nullable [] read() {
        byte[] bytes = null;
        try {
            bytes = socket.get();
            return bytes;
        } catch (UncheckedIOException e) {
            throw new ServerConnectionException("The client's connection failed", e);
        } finally {
            if (bytes == null) {
                watch.connectionEnded();
            }
        }
    }
}
