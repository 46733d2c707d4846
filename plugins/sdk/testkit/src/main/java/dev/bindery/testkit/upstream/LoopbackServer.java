package dev.bindery.testkit.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;

/**
 * As much of an HTTP/1.1 server as misbehaving takes: it can stop in the middle of anything, and
 * sees its client leave while it says nothing. A thread for each connection.
 */
final class LoopbackServer implements AutoCloseable {
    private static final int LOOK_MILLIS = 10;

    private final ServerSocket server;
    private final Handler handler;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    LoopbackServer(Handler handler) throws IOException {
        this.handler = handler;
        server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().name("mock-upstream").start(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                open.add(socket);
                Thread.ofVirtual().name("mock-upstream").start(() -> serve(socket));
            } catch (IOException _) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            socket.setTcpNoDelay(true);
            Wire wire = new Wire(socket);
            while (true) {
                HttpAsked asked = wire.request();
                if (asked == null) {
                    return;
                }
                handler.answer(asked, wire);
                if (socket.isClosed()) {
                    return;
                }
            }
        } catch (IOException _) {
            // The client has left; what it thinks of that is what is being tested.
        } finally {
            open.remove(socket);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
            for (Socket socket : open) {
                socket.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Answers one request. */
    @FunctionalInterface
    interface Handler {
        void answer(HttpAsked asked, Wire wire) throws IOException;
    }

    /** One connection. */
    static final class Wire {
        private final Socket socket;
        private final InputStream in;
        private final OutputStream out;
        private boolean inSingleBytes;

        Wire(Socket socket) throws IOException {
            this.socket = socket;
            this.in = new BufferedInputStream(socket.getInputStream());
            this.out = socket.getOutputStream();
        }

        /** The next request; null when the client has left. */
        @org.jspecify.annotations.Nullable
        HttpAsked request() throws IOException {
            String start = line();
            if (start == null) {
                return null;
            }
            String[] words = start.split(" ", 3);
            Map<String, String> headers = new HashMap<>();
            for (String line = line(); line != null && !line.isEmpty(); line = line()) {
                int colon = line.indexOf(':');
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
            String body = new String(body(headers), StandardCharsets.UTF_8);
            return new HttpAsked(words[0], words[1], headers, body);
        }

        private byte[] body(Map<String, String> headers) throws IOException {
            if (!"chunked".equalsIgnoreCase(headers.get("transfer-encoding"))) {
                return in.readNBytes(Integer.parseInt(headers.getOrDefault("content-length", "0")));
            }
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            while (true) {
                String size = line();
                if (size == null) {
                    throw new EOFException();
                }
                int length = Integer.parseInt(size.strip(), 16);
                body.write(in.readNBytes(length));
                line();
                if (length == 0) {
                    return body.toByteArray();
                }
            }
        }

        private @org.jspecify.annotations.Nullable String line() throws IOException {
            ByteArrayOutputStream line = new ByteArrayOutputStream();
            for (int next = in.read(); next >= 0; next = in.read()) {
                if (next == '\n') {
                    return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
                }
                line.write(next);
            }
            return null;
        }

        void send(HttpAnswer answer) throws IOException {
            head(answer);
            out.write(answer.body());
            out.flush();
        }

        /** The whole head, half of the body, and the end. */
        void sendHalf(HttpAnswer answer) throws IOException {
            head(answer);
            out.write(answer.body(), 0, answer.body().length / 2);
            out.flush();
            socket.close();
        }

        private void head(HttpAnswer answer) throws IOException {
            StringBuilder head = new StringBuilder("HTTP/1.1 " + answer.status() + " Said\r\n");
            answer.headers().forEach((name, value) -> header(head, name, value));
            header(head, "Content-Length", String.valueOf(answer.body().length));
            write(head.append("\r\n").toString());
        }

        private static void header(StringBuilder head, String name, String value) {
            head.append(name).append(": ").append(value).append("\r\n");
        }

        private void write(String text) throws IOException {
            out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        }

        void begin(String contentType, boolean inSingleBytes) throws IOException {
            this.inSingleBytes = inSingleBytes;
            write(
                    "HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .formatted(contentType));
            out.flush();
        }

        void event(byte[] event) throws IOException {
            if (inSingleBytes) {
                for (byte one : event) {
                    chunk(new byte[] {one});
                }
            } else if (event.length > 0) {
                chunk(event);
            }
        }

        private void chunk(byte[] bytes) throws IOException {
            ByteArrayOutputStream chunk = new ByteArrayOutputStream();
            chunk.writeBytes(
                    (Integer.toHexString(bytes.length) + "\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            chunk.writeBytes(bytes);
            chunk.writeBytes(new byte[] {'\r', '\n'});
            out.write(chunk.toByteArray());
            out.flush();
        }

        void end() throws IOException {
            write("0\r\n\r\n");
            out.flush();
        }

        void hangUp() throws IOException {
            socket.close();
        }

        /** Waits, saying nothing; false when the client has left meanwhile. */
        boolean staysWhile(BooleanSupplier waiting) throws IOException {
            socket.setSoTimeout(LOOK_MILLIS);
            try {
                while (waiting.getAsBoolean()) {
                    if (hasLeft()) {
                        return false;
                    }
                }
                return true;
            } finally {
                if (!socket.isClosed()) {
                    socket.setSoTimeout(0);
                }
            }
        }

        private boolean hasLeft() {
            try {
                return in.read() < 0;
            } catch (SocketTimeoutException _) {
                return false;
            } catch (IOException _) {
                return true;
            }
        }
    }
}
