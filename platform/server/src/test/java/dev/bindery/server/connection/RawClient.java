package dev.bindery.server.connection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;

/** A client that says byte for byte what a test wants said, and leaves as the test wants it to. */
final class RawClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;

    private RawClient(Socket socket) throws IOException {
        this.socket = socket;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
    }

    static RawClient plain(int port) throws IOException {
        return new RawClient(new Socket(InetAddress.getLoopbackAddress(), port));
    }

    static RawClient secured(int port, SSLContext context) throws IOException {
        return new RawClient(
                context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port));
    }

    RawClient send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    RawClient send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawClient get(String target, String... headers) throws IOException {
        return send(head("GET " + target, headers) + "\r\n");
    }

    /** The head of a request whose body is to follow. */
    RawClient post(String target, int length, String... headers) throws IOException {
        return send(head("POST " + target, headers) + "Content-Length: " + length + "\r\n\r\n");
    }

    private static String head(String request, String... headers) {
        StringBuilder head = new StringBuilder(request + " HTTP/1.1\r\nHost: localhost\r\n");
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        return head.toString();
    }

    /** Reads until what was read ends with the given text. */
    String readUntil(String end) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        for (int b = in.read(); b >= 0; b = in.read()) {
            read.write(b);
            if (b == end.charAt(end.length() - 1) && text(read).endsWith(end)) {
                return text(read);
            }
        }
        throw new AssertionError("The answer ended without " + end + ": " + text(read));
    }

    /** How many bytes can be written before the server makes the client wait. */
    int writableUntilBlocked(byte[] chunk, int limit) throws IOException, InterruptedException {
        int[] written = {0};
        Thread writer = Thread.ofVirtual().start(() -> writeUpTo(chunk, limit, written));
        int before = -1;
        while (writer.isAlive() && before != written[0]) {
            before = written[0];
            writer.join(Duration.ofMillis(500));
        }
        return written[0];
    }

    private void writeUpTo(byte[] chunk, int limit, int[] written) {
        try {
            while (written[0] < limit) {
                socket.getOutputStream().write(chunk);
                written[0] += chunk.length;
            }
        } catch (IOException _) {
            // the test closed the socket, which is how a blocked writer is set free
        }
    }

    void shutdownOutput() throws IOException {
        socket.shutdownOutput();
    }

    /** Leaves without a good-bye: the server sees a reset. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.ISO_8859_1);
    }
}
