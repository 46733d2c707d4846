package dev.bindery.benchmarks.client;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** One connection that asks again as soon as it has been answered. For the selector's thread. */
final class Caller implements AutoCloseable {
    private final SocketChannel channel;
    private final byte[] request;
    private final int events;
    private final Tally tally;
    private final Response response = new Response();
    private long asked;
    private boolean begun;

    /**
     * @param events how many events every answer must have
     */
    Caller(InetSocketAddress address, byte[] request, int events, Tally tally) throws IOException {
        this.request = request;
        this.events = events;
        this.tally = tally;
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
    }

    void register(Selector selector) throws IOException {
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    void ask() throws IOException {
        response.clear();
        begun = false;
        asked = System.nanoTime();
        ByteBuffer bytes = ByteBuffer.wrap(request);
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /**
     * Reads what there is.
     *
     * @return whether the answer is whole
     */
    boolean read() throws IOException {
        if (channel.read(response.space()) < 0) {
            throw new IOException("the connection was closed in the middle of: " + response);
        }
        if (!begun && response.hasBegun()) {
            begun = true;
            tally.begun(System.nanoTime() - asked);
        }
        if (!response.isWhole()) {
            return false;
        }
        tally.whole(System.nanoTime() - asked);
        check();
        return true;
    }

    private void check() throws IOException {
        if (response.status() != 200 || !begun || response.events() != events) {
            throw new IOException(
                    "expected status 200 and %d events, but got: %s".formatted(events, response));
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
