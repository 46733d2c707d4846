package dev.bindery.distribution.browser;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The Chrome DevTools Protocol with one page: commands and their answers as JSON over a web socket.
 * Questions of the page ({@code confirm}) are answered with yes. See <a
 * href="https://chromedevtools.github.io/devtools-protocol/">its documentation</a>.
 */
final class DevTools implements WebSocket.Listener {
    private static final JsonMapper JSON = new JsonMapper();
    private static final long LONGEST_SECONDS = 60;

    private final Map<Integer, CompletableFuture<JsonNode>> asked = new ConcurrentHashMap<>();
    private final List<String> complaints = new CopyOnWriteArrayList<>();
    private final AtomicInteger ids = new AtomicInteger();
    private final StringBuilder message = new StringBuilder();
    private final WebSocket socket;

    DevTools(HttpClient http, URI page) {
        socket = http.newWebSocketBuilder().buildAsync(page, this).join();
    }

    /**
     * @throws AssertionError where the browser refuses or does not answer
     */
    JsonNode call(String method, Map<String, Object> parameters) {
        try {
            JsonNode answer = send(method, parameters).get(LONGEST_SECONDS, TimeUnit.SECONDS);
            if (answer.has("error")) {
                throw new AssertionError(method + ": " + answer.path("error"));
            }
            return answer.path("result");
        } catch (Exception e) {
            throw new AssertionError("the browser did not answer " + method, e);
        }
    }

    /** One at a time: the socket takes no second message before it has sent the first. */
    private synchronized CompletableFuture<JsonNode> send(
            String method, Map<String, Object> parameters) {
        int id = ids.incrementAndGet();
        CompletableFuture<JsonNode> answer = new CompletableFuture<>();
        asked.put(id, answer);
        socket.sendText(
                        JSON.writeValueAsString(
                                Map.of("id", id, "method", method, "params", parameters)),
                        true)
                .join();
        return answer;
    }

    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
        message.append(part);
        if (last) {
            JsonNode whole = JSON.readTree(message.toString());
            message.setLength(0);
            heard(whole);
        }
        from.request(1);
        return CompletableFuture.completedStage(null);
    }

    private void heard(JsonNode whole) {
        if (whole.has("id")) {
            CompletableFuture<JsonNode> answer = asked.remove(whole.path("id").asInt());
            if (answer != null) {
                answer.complete(whole);
            }
            return;
        }
        switch (whole.path("method").asString()) {
            case "Page.javascriptDialogOpening" ->
                    Thread.ofVirtual()
                            .start(() ->
                                    call("Page.handleJavaScriptDialog", Map.of("accept", true)));
            case "Runtime.exceptionThrown" -> complaints.add(whole.path("params").toString());
            default -> {}
        }
    }
}
