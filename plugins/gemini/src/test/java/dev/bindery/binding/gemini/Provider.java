package dev.bindery.binding.gemini;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.fixture.MockProvider;
import dev.bindery.fixture.TestContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;

/** Google as a test tells it to be, and an instance of the binding beside it. */
final class Provider implements AutoCloseable {
    static final String KEY = "AIza-test-key";
    static final String MODEL = "gemini-2.5-flash";

    private static final String SSE = "text/event-stream";

    private final MockProvider mock = new MockProvider();
    private final GeminiBinding binding;

    Provider(Map<String, ?> settings) throws IOException {
        binding = instance(mock.url("/v1beta"), settings).start(new GeminiBinding());
    }

    /** What a host would give an instance with these settings. */
    static TestContext instance(String baseUrl, Map<String, ?> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("api_key", KEY);
        all.put("base_url", baseUrl);
        return TestContext.of(new GeminiBinding()).settings(all).build();
    }

    GeminiBinding binding() {
        return binding;
    }

    MockWebServer server() {
        return mock.server();
    }

    /** Each piece becomes an event, quotes written as apostrophes. */
    void streams(String... events) {
        mock.streams(SSE, events(events));
    }

    void streamsRaw(String body) {
        mock.streams(SSE, body);
    }

    void streamsRaw(byte[] body) {
        mock.streams(SSE, body);
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

    /** The answer to a conversation, not streamed. */
    GenerationResult generate(Message... messages) {
        return binding.generate(chat(messages).build(), GenerationCallback.IGNORE);
    }

    static GenerationRequest.Builder chat(Message... messages) {
        return GenerationRequest.chat(
                MODEL, messages.length == 0 ? List.of(Message.user("Hi")) : List.of(messages));
    }

    static MockResponse.Builder sse(String body) {
        return MockProvider.stream(SSE, body);
    }

    static String events(String... events) {
        return Stream.of(events)
                .map(event -> "data: " + MockProvider.quoted(event) + "\r\n\r\n")
                .collect(Collectors.joining());
    }

    /** A piece of the first candidate with these parts. */
    static String parts(String parts) {
        return "{'candidates':[{'content':{'parts':[%s],'role':'model'}}]}".formatted(parts);
    }

    /** A piece of the first candidate's text. */
    static String text(String text) {
        return parts("{'text':'%s'}".formatted(text));
    }

    /** The last piece of the first candidate. */
    static String end(String reason) {
        return "{'candidates':[{'content':{'parts':[{'text':''}]},'finishReason':'%s','index':0}]}"
                .formatted(reason);
    }

    /** A whole answer of these parts. */
    static String whole(String parts, String reason) {
        return "{'candidates':[{'content':{'parts':[%s],'role':'model'},'finishReason':'%s','index':0}]}"
                .formatted(parts, reason);
    }

    @Override
    public void close() {
        binding.stop();
        mock.close();
    }
}
