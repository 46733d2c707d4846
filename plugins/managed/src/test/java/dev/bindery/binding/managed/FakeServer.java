package dev.bindery.binding.managed;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;

/**
 * A model server in a process of its own, as the tests of the binding start it: {@code port model}
 * and one word for how it behaves. A chat of "crash" ends it, one of "deaf" has it answer nobody
 * any more.
 */
final class FakeServer {
    private final String model;
    private final String key;

    private FakeServer(String model, String key) {
        this.model = model;
        this.key = key;
    }

    public static void main(String[] words) throws IOException {
        System.out.println("fake server of " + words[1] + ", " + words[2]);
        if (words[2].equals("broken")) {
            System.out.println("no such model on this planet");
            System.exit(7);
        }
        if (words[2].equals("parent")) {
            Process child = new ProcessBuilder("sleep", "600").start();
            Files.writeString(Path.of("child.pid"), Long.toString(child.pid()));
        }
        String key = Optional.ofNullable(System.getenv("FAKE_API_KEY")).orElse("");
        HttpServer server =
                HttpServer.create(
                        new InetSocketAddress(
                                InetAddress.getLoopbackAddress(), Integer.parseInt(words[0])),
                        0);
        server.createContext("/", new FakeServer(words[1], key)::answer);
        server.start();
    }

    private void answer(HttpExchange call) throws IOException {
        String asked = new String(call.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (asked.contains("crash")) {
            System.out.println("out of memory, says the fake");
            Runtime.getRuntime().halt(9);
        }
        if (asked.contains("deaf")) {
            Thread.ofPlatform().start(FakeServer::liveOn);
            call.getHttpContext().getServer().stop(0);
            return;
        }
        List<String> keys = call.getRequestHeaders().getOrDefault("Authorization", List.of(""));
        if (!key.isEmpty() && !keys.contains("Bearer " + key)) {
            send(call, 401, "{\"error\": {\"message\": \"no key\"}}");
        } else if (call.getRequestURI().getPath().equals("/v1/models")) {
            send(call, 200, "{\"data\": [{\"id\": \"%s\"}]}".formatted(model));
        } else if (!asked.isEmpty() && !asked.contains("\"" + model + "\"")) {
            send(call, 404, "{\"error\": {\"message\": \"this model is not served\"}}");
        } else {
            send(
                    call,
                    200,
                    """
                    {"choices": [{"index": 0, "finish_reason": "stop",
                      "message": {"role": "assistant", "content": "hello from %d"}}]}\
                    """
                            .formatted(ProcessHandle.current().pid()));
        }
    }

    private static void liveOn() {
        while (true) {
            LockSupport.park();
        }
    }

    private static void send(HttpExchange call, int status, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        call.getResponseHeaders().add("Content-Type", "application/json");
        call.sendResponseHeaders(status, body.length);
        call.getResponseBody().write(body);
        call.close();
    }
}
