package dev.bindery.worker;

import com.sun.net.httpserver.HttpExchange;
import dev.bindery.host.protocol.Wire;
import dev.bindery.host.protocol.WireObject;
import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/**
 * What the child tells its host unasked, in order. Messages wait in a bounded queue; what does not
 * fit is counted and left out, so that a flood never holds up the binding. Thread-safe.
 */
final class EventStream {
    private static final int CAPACITY = 10_000;

    private final BlockingQueue<JsonNode> waiting = new LinkedBlockingQueue<>(CAPACITY);
    private final AtomicLong leftOut = new AtomicLong();

    /** A message; left out when the queue is full. */
    void offer(JsonNode event) {
        if (!waiting.offer(event)) {
            leftOut.incrementAndGet();
        }
    }

    /** An event that must arrive; waits for its place. */
    void put(JsonNode event) throws InterruptedException {
        waiting.put(event);
    }

    /** Writes events until the host goes away. */
    void serve(HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        try (OutputStream out = exchange.getResponseBody()) {
            out.flush();
            while (true) {
                out.write(Wire.line(waiting.take()));
                if (waiting.isEmpty()) {
                    sayLeftOut(out);
                    out.flush();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    private void sayLeftOut(OutputStream out) throws IOException {
        long count = leftOut.getAndSet(0);
        if (count > 0) {
            out.write(
                    Wire.line(
                            new WireObject()
                                    .text("event", "log")
                                    .text("level", "WARNING")
                                    .text("message", count + " messages were left out")
                                    .node()));
        }
    }
}
