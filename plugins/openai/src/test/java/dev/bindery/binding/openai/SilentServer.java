package dev.bindery.binding.openai;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;

/** A server that says what it is told, then nothing, and sees the client leave. */
final class SilentServer implements AutoCloseable {
    private static final String HEAD =
            "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nConnection: close\r\n\r\n";

    private final ServerSocket server;
    private final CompletableFuture<Void> asked = new CompletableFuture<>();
    private final CompletableFuture<Void> clientGone = new CompletableFuture<>();

    /**
     * @param events what is streamed; null for not even the beginning of an answer
     */
    SilentServer(String events) throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(() -> serve(events));
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    /** Completes when the request has come. */
    CompletableFuture<Void> asked() {
        return asked;
    }

    /** Completes when the client has closed the connection. */
    CompletableFuture<Void> clientGone() {
        return clientGone;
    }

    private void serve(String events) {
        try (Socket socket = server.accept()) {
            InputStream in = socket.getInputStream();
            in.read(new byte[4096]);
            if (events != null) {
                socket.getOutputStream().write((HEAD + events).getBytes(StandardCharsets.UTF_8));
            }
            asked.complete(null);
            in.transferTo(OutputStream.nullOutputStream());
            clientGone.complete(null);
        } catch (IOException _) {
            clientGone.complete(null);
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
