package dev.bindery.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** An HTTP/1.1 client that says what a test wants said, byte for byte, and hides nothing. */
final class RawHttp implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final InputStream in;

    RawHttp(InetSocketAddress address) throws IOException {
        this(new Socket(address.getAddress(), address.getPort()));
    }

    /** Over a connection that is there. */
    RawHttp(Socket connected) throws IOException {
        socket = connected;
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer as it came, its chunks apart. */
    record Answer(int status, Map<String, String> headers, List<String> chunks) {
        String body() {
            return String.join("", chunks);
        }

        String header(String name) {
            return headers.get(name);
        }
    }

    RawHttp send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.UTF_8));
    }

    RawHttp send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    RawHttp get(String target, String... headers) throws IOException {
        return request("GET", target, headers);
    }

    RawHttp request(String method, String target, String... headers) throws IOException {
        return send(head(method, target, headers) + "\r\n");
    }

    RawHttp post(String target, String body, String... headers) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        send(head("POST", target, headers) + "Content-Length: " + bytes.length + "\r\n\r\n");
        return send(bytes);
    }

    private static String head(String method, String target, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\n");
        boolean host = List.of(headers).stream().anyMatch(header -> header.startsWith("Host:"));
        head.append(host ? "" : "Host: localhost\r\n");
        List.of(headers).forEach(header -> head.append(header).append("\r\n"));
        return head.toString();
    }

    Answer answer() throws IOException {
        return answer("GET");
    }

    /** Reads one whole answer; to a HEAD it has no body. */
    Answer answer(String method) throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        Map<String, String> headers = headers();
        if (status == 100 || status == 204 || method.equals("HEAD")) {
            return new Answer(status, headers, List.of());
        }
        return new Answer(status, headers, body(headers));
    }

    private Map<String, String> headers() throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = line(); !line.isEmpty(); line = line()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private List<String> body(Map<String, String> headers) throws IOException {
        if (!headers.getOrDefault("Transfer-Encoding", "")
                .toLowerCase(Locale.ROOT)
                .equals("chunked")) {
            return List.of(exactly(Integer.parseInt(headers.get("Content-Length"))));
        }
        List<String> chunks = new ArrayList<>();
        for (String chunk = chunk(); !chunk.isEmpty(); chunk = chunk()) {
            chunks.add(chunk);
        }
        return chunks;
    }

    /** The next chunk of a stream; empty at its end. */
    String chunk() throws IOException {
        String chunk = exactly(Integer.parseInt(line(), 16));
        line();
        return chunk;
    }

    /** Reads the head of a streamed answer, whose chunks are to be read one by one. */
    Answer begin() throws IOException {
        int status = Integer.parseInt(line().split(" ", 3)[1]);
        return new Answer(status, headers(), List.of());
    }

    private String exactly(int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new IOException(
                    "The answer ended after %d of %d".formatted(bytes.length, length));
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new IOException("The connection ended after: " + line);
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).strip();
    }

    /** Whether the server has closed; waits for it to do so. */
    boolean ended() throws IOException {
        return in.read() < 0;
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
}
