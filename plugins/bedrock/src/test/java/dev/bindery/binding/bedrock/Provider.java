package dev.bindery.binding.bedrock;

import dev.bindery.fixture.MockProvider;
import dev.bindery.fixture.TestContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;

/**
 * Bedrock as a test tells it to be, both parts in one, and an instance of the binding beside it.
 */
final class Provider implements AutoCloseable {
    static final String SECRET = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    static final String TOKEN = "session-token-that-nobody-sees";

    private final MockProvider mock = new MockProvider();
    private final BedrockBinding binding;

    Provider(Map<String, ?> settings) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("region", "us-east-1");
        all.put("access_key_id", "AKIDEXAMPLE");
        all.put("secret_access_key", SECRET);
        all.put("session_token", TOKEN);
        all.put("base_url", mock.url("/"));
        all.put("control_url", mock.url("/control"));
        all.put("max_retries", 0);
        all.putAll(settings);
        binding = new BedrockBinding();
        TestContext.started(binding, all);
    }

    Provider() throws IOException {
        this(Map.of());
    }

    BedrockBinding binding() {
        return binding;
    }

    MockWebServer server() {
        return mock.server();
    }

    void streams(Frames frames) {
        streams(frames.bytes());
    }

    void streams(byte[] bytes) {
        mock.streams(Frames.TYPE, bytes);
    }

    void answers(int status, String json) {
        mock.answers(status, json);
    }

    void fails(int status, String type, String message) {
        server().enqueue(
                        new MockResponse.Builder()
                                .code(status)
                                .addHeader(
                                        "x-amzn-ErrorType", type + ":http://internal.amazon.com/")
                                .addHeader("Content-Type", "application/json")
                                .body("{\"message\":\"%s\"}".formatted(message))
                                .build());
    }

    JsonNode asked() throws InterruptedException {
        return mock.asked();
    }

    RecordedRequest request() throws InterruptedException {
        return mock.request();
    }

    @Override
    public void close() {
        binding.stop();
        mock.close();
    }
}
