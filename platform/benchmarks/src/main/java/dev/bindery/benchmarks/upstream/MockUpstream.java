package dev.bindery.benchmarks.upstream;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;

/**
 * Answers every chat at once with the same words. One thread and no parsing beyond the need, so
 * that what stands before it is measured. Runs until its process is ended.
 */
final class MockUpstream {
    private MockUpstream() {}

    public static void main(String[] arguments) throws IOException {
        try (Selector selector = Selector.open();
                ServerSocketChannel server = ServerSocketChannel.open()) {
            server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 512);
            server.configureBlocking(false);
            server.register(selector, SelectionKey.OP_ACCEPT);
            System.out.println(
                    "mock upstream ready on http://127.0.0.1:" + server.socket().getLocalPort());
            while (server.isOpen()) {
                selector.select(key -> serve(key, selector));
            }
        }
    }

    private static void serve(SelectionKey key, Selector selector) {
        try {
            if (key.isAcceptable()) {
                accept((ServerSocketChannel) key.channel(), selector);
            } else if (key.isWritable()) {
                ((Conversation) key.attachment()).write(key);
            } else {
                ((Conversation) key.attachment()).read(key);
            }
        } catch (IOException _) {
            key.cancel();
        }
    }

    private static void accept(ServerSocketChannel server, Selector selector) throws IOException {
        SocketChannel channel = server.accept();
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.register(selector, SelectionKey.OP_READ, new Conversation(channel));
    }
}
