package dev.bindery.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** A server that answers one way, byte by byte under the test's control, and sees who leaves. */
final class RawServer implements AutoCloseable {
    private final ServerSocket server;
    private final Answering answering;
    private final AtomicInteger requests = new AtomicInteger();
    private final CompletableFuture<Long> clientGone = new CompletableFuture<>();

    RawServer(Answering answering) throws IOException {
        this.answering = answering;
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    String url() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/v1";
    }

    int requests() {
        return requests.get();
    }

    /** Completes, with the time, when a client has closed its connection. */
    CompletableFuture<Long> clientGone() {
        return clientGone;
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                Thread.ofVirtual().start(() -> serve(socket));
            }
        } catch (IOException _) {
            // The server is closed.
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            InputStream in = socket.getInputStream();
            readRequest(in);
            requests.incrementAndGet();
            answering.answer(new Exchange(socket, requests.get()));
            in.transferTo(java.io.OutputStream.nullOutputStream());
            clientGone.complete(System.nanoTime());
        } catch (IOException _) {
            clientGone.complete(System.nanoTime());
        }
    }

    private static void readRequest(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            head.append((char) in.read());
        }
        var length = java.util.regex.Pattern.compile("Content-Length: (\\d+)").matcher(head);
        if (length.find()) {
            in.readNBytes(Integer.parseInt(length.group(1)));
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

    /** What is done with a request. */
    @FunctionalInterface
    interface Answering {
        void answer(Exchange exchange) throws IOException;
    }

    /** One request and the way back. */
    record Exchange(Socket socket, int number) {
        void send(String text) throws IOException {
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            socket.getOutputStream().flush();
        }

        void hangUp() throws IOException {
            socket.close();
        }
    }
}
