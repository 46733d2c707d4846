package dev.bindery.distribution;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A provider that begins an answer to each chat, or does not even begin, and then says nothing. */
final class SilentUpstream implements AutoCloseable {
    private static final String NOT_FOUND =
            "HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";

    private final ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final String beginning;
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> left = new CompletableFuture<>();

    /**
     * @param beginning the bytes that a chat gets; may be empty
     */
    SilentUpstream(String beginning) throws IOException {
        this.beginning = beginning;
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** Completes when a chat has come. */
    CompletableFuture<Void> asked() {
        return asked;
    }

    /** Completes when the connection of a chat has been closed from the other side. */
    CompletableFuture<Void> left() {
        return left;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // closed, which is how the test ends it
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            byte[] head = new byte[8192];
            String request = new String(head, 0, in.read(head), StandardCharsets.ISO_8859_1);
            if (!request.contains("/chat/completions")) {
                socket.getOutputStream().write(NOT_FOUND.getBytes(StandardCharsets.ISO_8859_1));
                return;
            }
            socket.getOutputStream().write(beginning.getBytes(StandardCharsets.UTF_8));
            asked.complete(null);
            awaitEnd(in);
            left.complete(null);
        } catch (IOException e) {
            left.completeExceptionally(e);
        }
    }

    private static void awaitEnd(InputStream in) {
        try {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException _) {
            // a reset is an end as well
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
