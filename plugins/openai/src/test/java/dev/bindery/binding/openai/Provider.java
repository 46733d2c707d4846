package dev.bindery.binding.openai;

import dev.bindery.http.Json;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;

/** A provider that answers what a test tells it to, and an instance of the binding beside it. */
final class Provider implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final OpenAiBinding binding;

    Provider(Map<String, ?> settings) throws IOException {
        server.start();
        binding = Instance.start(server.url("/v1").toString(), settings);
    }

    OpenAiBinding binding() {
        return binding;
    }

    MockWebServer server() {
        return server;
    }

    /** Each piece becomes an event, quotes written as apostrophes; then the end of the stream. */
    void streams(String... events) {
        server.enqueue(sse(events(events) + "data: [DONE]\n\n").build());
    }

    /** The bytes of the stream as they are. */
    void streamsRaw(String body) {
        server.enqueue(sse(body).build());
    }

    void answers(int status, String json) {
        server.enqueue(
                new MockResponse.Builder()
                        .code(status)
                        .addHeader("Content-Type", "application/json")
                        .body(json.replace('\'', '"'))
                        .build());
    }

    /** The body of the next request that came. */
    JsonNode asked() throws InterruptedException {
        return Json.parse(request().getBody().utf8());
    }

    RecordedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        if (request == null) {
            throw new AssertionError("no request came");
        }
        return request;
    }

    static MockResponse.Builder sse(String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream; charset=utf-8")
                .chunkedBody(body, 16);
    }

    static String events(String... events) {
        return Stream.of(events)
                .map(event -> "data: " + event.replace('\'', '"') + "\n\n")
                .collect(Collectors.joining());
    }

    /** An event with a piece of the first candidate's text. */
    static String text(String text) {
        return "{'choices':[{'index':0,'delta':{'content':'%s'}}]}".formatted(text);
    }

    /** An event that ends the first candidate. */
    static String end(String reason) {
        return "{'choices':[{'index':0,'delta':{},'finish_reason':'%s'}]}".formatted(reason);
    }

    @Override
    public void close() {
        binding.stop();
        server.close();
    }
}
