package dev.bindery.benchmarks.client;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Prompts that are all to be continued at once, each on a connection of its own, as streams.
 *
 * @param model that shall do it
 * @param tokens of each answer
 */
public record CompletionCalls(InetSocketAddress address, String model, int tokens) {
    private static final String LAST = "[DONE]";
    private static final String EMPTY = "\"text\":\"\"";

    /** How long all took and each until its first token, in nanoseconds. */
    public long[] ask(List<String> prompts) throws IOException, InterruptedException {
        try (ExecutorService callers = Executors.newFixedThreadPool(prompts.size())) {
            long start = System.nanoTime();
            List<Callable<Long>> calls = new ArrayList<>();
            for (String prompt : prompts) {
                calls.add(() -> first(prompt) - start);
            }
            List<Future<Long>> firsts = callers.invokeAll(calls);
            long[] times = new long[prompts.size() + 1];
            times[0] = System.nanoTime() - start;
            for (int i = 0; i < firsts.size(); i++) {
                times[i + 1] = firsts.get(i).get();
            }
            return times;
        } catch (ExecutionException e) {
            throw new IOException("an answer was wrong: " + e.getCause(), e);
        }
    }

    /** When the first token came; returns when all have. */
    private long first(String prompt) throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            socket.setTcpNoDelay(true);
            socket.getOutputStream().write(request(prompt));
            EventStream events =
                    EventStream.begin(new BufferedInputStream(socket.getInputStream()));
            long first = 0;
            int count = 0;
            String event = events.next();
            while (event.startsWith("{\"id\"")) {
                if (!event.contains(EMPTY)) {
                    first = first == 0 ? System.nanoTime() : first;
                    count++;
                }
                event = events.next();
            }
            if (!event.equals(LAST) || first == 0 || count > tokens + 1) {
                throw new IOException(
                        "expected %d tokens and the end of a stream, but got %d and: %s"
                                .formatted(tokens, count, event));
            }
            return first;
        }
    }

    private byte[] request(String prompt) {
        String body =
                """
                {"model":"%s","stream":true,"prompt":"%s","max_tokens":%d,\
                "temperature":0,"ignore_eos":true}\
                """
                        .formatted(model, prompt, tokens);
        return """
        POST /v1/completions HTTP/1.1\r
        Host: 127.0.0.1\r
        Content-Type: application/json\r
        Content-Length: %d\r
        Connection: close\r
        \r
        %s\
        """
                .formatted(body.length(), body)
                .getBytes(StandardCharsets.US_ASCII);
    }
}
