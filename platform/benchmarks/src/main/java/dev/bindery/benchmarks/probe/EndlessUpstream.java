package dev.bindery.benchmarks.probe;

import dev.bindery.benchmarks.upstream.Heard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * An upstream that never ends an answer: a request for the model {@code talking} gets a word every
 * two milliseconds, one for {@code pausing} a single word, any other nothing at all. Sees when its
 * client closes the connection.
 */
public final class EndlessUpstream implements AutoCloseable {
    private static final String EVENT =
            """
            data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m",\
            "choices":[{"index":0,"delta":{"content":"word "},"finish_reason":null}]}

            """;
    private static final byte[] HEAD =
            ascii(
                    """
                    HTTP/1.1 200 OK\r
                    Content-Type: text/event-stream\r
                    Transfer-Encoding: chunked\r
                    \r
                    """);
    private static final byte[] CHUNK = ascii("%x\r\n%s\r\n".formatted(EVENT.length(), EVENT));

    private final Sightings sightings = new Sightings();
    private final Listening listening;

    public EndlessUpstream() throws IOException {
        listening = Listening.start(this::converse);
    }

    public InetSocketAddress address() {
        return listening.address();
    }

    public Sightings sightings() {
        return sightings;
    }

    private void converse(SocketChannel client) throws IOException {
        Heard heard = new Heard();
        boolean begun = false;
        try {
            while (client.read(heard.buffer()) >= 0) {
                String request = heard.next().orElse("");
                if (!request.isEmpty()) {
                    begun = true;
                    sightings.begun();
                    if (request.contains("talking")) {
                        Thread.ofVirtual().start(() -> talk(client));
                    } else if (request.contains("pausing")) {
                        client.write(ByteBuffer.wrap(HEAD));
                        client.write(ByteBuffer.wrap(CHUNK));
                    }
                }
            }
        } finally {
            if (begun) {
                sightings.stopped();
            }
        }
    }

    private static void talk(SocketChannel client) {
        try {
            client.write(ByteBuffer.wrap(HEAD));
            while (client.isOpen()) {
                client.write(ByteBuffer.wrap(CHUNK));
                Thread.sleep(2);
            }
        } catch (IOException _) {
            // the client is gone; the thread that reads has seen it
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public void close() throws IOException {
        listening.close();
    }
}
