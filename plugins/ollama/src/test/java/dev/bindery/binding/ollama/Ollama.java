package dev.bindery.binding.ollama;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.fixture.MockProvider;
import dev.bindery.fixture.TestContext;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;

/** A server that answers what a test tells it to, and an instance of the binding beside it. */
final class Ollama implements AutoCloseable {
    static final String NDJSON = "application/x-ndjson";
    static final String DONE =
            "{'model':'m','message':{'role':'assistant','content':''},'done':true,'done_reason':'stop'}";

    private final MockProvider mock = new MockProvider();
    private final OllamaBinding binding;

    Ollama(Map<String, ?> settings) throws IOException {
        Map<String, Object> all = new HashMap<>(Map.of("max_retry_wait", 0));
        all.put("base_url", mock.url(""));
        all.putAll(settings);
        binding = TestContext.started(new OllamaBinding(), all);
    }

    static Ollama withDefaults() throws IOException {
        return new Ollama(Map.of());
    }

    OllamaBinding binding() {
        return binding;
    }

    MockWebServer server() {
        return mock.server();
    }

    /** Each text becomes a line, quotes written as apostrophes. */
    void streams(String... lines) {
        mock.streams(NDJSON, lines(lines));
    }

    static String lines(String... lines) {
        return Stream.of(lines)
                .map(line -> MockProvider.quoted(line) + "\n")
                .collect(Collectors.joining());
    }

    static MockResponse.Builder ndjson(String body) {
        return MockProvider.stream(NDJSON, body);
    }

    static String piece(String text) {
        return "{'model':'m','message':{'role':'assistant','content':'%s'},'done':false}"
                .formatted(text);
    }

    void answers(int status, String json) {
        mock.answers(status, json);
    }

    JsonNode asked() throws InterruptedException {
        return mock.asked();
    }

    RecordedRequest request() throws InterruptedException {
        return mock.request();
    }

    static GenerationRequest.Builder chat(String text) {
        return GenerationRequest.chat("m", List.of(Message.user(text)));
    }

    @Override
    public void close() {
        binding.stop();
        mock.close();
    }
}
