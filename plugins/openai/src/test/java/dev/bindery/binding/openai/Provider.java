package dev.bindery.binding.openai;

import dev.bindery.fixture.MockProvider;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;

/** A provider that answers what a test tells it to, and an instance of the binding beside it. */
final class Provider implements AutoCloseable {
    private static final String SSE = "text/event-stream; charset=utf-8";

    private final MockProvider mock = new MockProvider();
    private final OpenAiBinding binding;

    Provider(Map<String, ?> settings) throws IOException {
        binding = Instance.start(mock.url("/v1"), settings);
    }

    /** Behaves as that one of the known providers does. */
    static Provider like(String id) throws IOException {
        return new Provider(Map.of("provider", id));
    }

    OpenAiBinding binding() {
        return binding;
    }

    MockWebServer server() {
        return mock.server();
    }

    /** Each piece becomes an event, quotes written as apostrophes; then the end of the stream. */
    void streams(String... events) {
        streamsRaw(events(events) + "data: [DONE]\n\n");
    }

    /** The bytes of the stream as they are. */
    void streamsRaw(String body) {
        mock.streams(SSE, body);
    }

    void answers(int status, String json) {
        mock.answers(status, json);
    }

    /** The body of the next request that came. */
    JsonNode asked() throws InterruptedException {
        return mock.asked();
    }

    RecordedRequest request() throws InterruptedException {
        return mock.request();
    }

    static MockResponse.Builder sse(String body) {
        return MockProvider.stream(SSE, body);
    }

    static String events(String... events) {
        return Stream.of(events)
                .map(event -> "data: " + MockProvider.quoted(event) + "\n\n")
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
        mock.close();
    }
}
