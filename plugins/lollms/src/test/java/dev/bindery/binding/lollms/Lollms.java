package dev.bindery.binding.lollms;

import dev.bindery.api.BindingException;
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
import org.assertj.core.api.Assertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import tools.jackson.databind.JsonNode;

/** A server that answers what a test tells it to, and an instance of the binding beside it. */
final class Lollms implements AutoCloseable {
    static final String TEXT = "text/event-stream; charset=utf-8";
    static final String OPERATIONS = "application/x-ndjson";
    static final String END =
            "{'type':17,'name':'FINISHED_MESSAGE','text':'','metadata':{'finish_reason':'stop'},'usage':{'input_tokens':3,'output_tokens':2}}";

    private final MockProvider mock = new MockProvider();
    private final LollmsBinding binding;

    Lollms(Map<String, ?> settings) throws IOException {
        Map<String, Object> all = new HashMap<>(Map.of("max_retry_wait", 0));
        all.put("base_url", mock.url(""));
        all.putAll(settings);
        binding = TestContext.started(new LollmsBinding(), all);
    }

    static Lollms withDefaults() throws IOException {
        return new Lollms(Map.of());
    }

    LollmsBinding binding() {
        return binding;
    }

    MockWebServer server() {
        return mock.server();
    }

    /** As LoLLMs streams: the bare text. */
    void says(String text) {
        mock.streams(TEXT, text);
    }

    /** As another Bindery streams: a line each, quotes written as apostrophes. */
    void sends(String... operations) {
        mock.streams(OPERATIONS, lines(operations));
    }

    static String lines(String... operations) {
        return Stream.of(operations)
                .map(line -> MockProvider.quoted(line) + "\n")
                .collect(Collectors.joining());
    }

    static String operation(int type, String text) {
        return "{'type':%d,'name':'?','text':'%s','metadata':{}}".formatted(type, text);
    }

    static MockResponse.Builder stream(String mediaType, String body) {
        return MockProvider.stream(mediaType, body);
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

    static BindingException failure(ThrowingCallable call) {
        return Assertions.catchThrowableOfType(BindingException.class, call);
    }

    @Override
    public void close() {
        binding.stop();
        mock.close();
    }
}
