package dev.bindery.benchmarks.upstream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/** One connection of the mock upstream. For the selector's thread. */
final class Conversation {
    private static final List<ByteBuffer> PLAIN = CannedAnswers.plain();
    private static final List<ByteBuffer> STREAM = CannedAnswers.stream();
    private static final List<ByteBuffer> MODELS = CannedAnswers.models();

    private final SocketChannel channel;
    private final Heard heard = new Heard();
    private final Queue<ByteBuffer> unsent = new ArrayDeque<>();

    Conversation(SocketChannel channel) {
        this.channel = channel;
    }

    /** Reads what there is and answers what is whole. */
    void read(SelectionKey key) throws IOException {
        if (channel.read(heard.buffer()) < 0) {
            channel.close();
            return;
        }
        for (Optional<String> request = heard.next(); request.isPresent(); request = heard.next()) {
            answerTo(request.get()).forEach(part -> unsent.add(part.duplicate()));
        }
        write(key);
    }

    /** Writes part after part, as far as the client takes them. */
    void write(SelectionKey key) throws IOException {
        while (!unsent.isEmpty()) {
            ByteBuffer part = unsent.element();
            channel.write(part);
            if (part.hasRemaining()) {
                key.interestOps(SelectionKey.OP_WRITE);
                return;
            }
            unsent.remove();
        }
        key.interestOps(SelectionKey.OP_READ);
    }

    private static List<ByteBuffer> answerTo(String request) {
        if (request.startsWith("GET ")) {
            return MODELS;
        }
        return request.contains("\"stream\":true") || request.contains("\"stream\": true")
                ? STREAM
                : PLAIN;
    }
}
