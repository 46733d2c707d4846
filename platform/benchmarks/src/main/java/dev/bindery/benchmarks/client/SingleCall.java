package dev.bindery.benchmarks.client;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One request on a connection of its own, which can be closed at any moment. */
public final class SingleCall implements AutoCloseable {
    private final Socket socket;

    public SingleCall(InetSocketAddress address, ChatRequest request) throws IOException {
        socket = new Socket(address.getAddress(), address.getPort());
        socket.setTcpNoDelay(true);
        socket.getOutputStream().write(request.bytes());
    }

    /** The status of the answer, as soon as its first line has come. */
    public int status() throws IOException {
        byte[] line = socket.getInputStream().readNBytes("HTTP/1.1 200".length());
        if (line.length < "HTTP/1.1 200".length()) {
            throw new IOException("the connection was closed before an answer came");
        }
        return Integer.parseInt(new String(line, StandardCharsets.US_ASCII).substring(9));
    }

    /** Waits until some of the answer's text has come. */
    public void awaitText() throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf("\"content\":\"word") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("the answer ended before any text: " + seen);
            }
            seen.append((char) next);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
