package dev.bindery.binding.anthropic;

import dev.bindery.fixture.MockProvider;
import dev.bindery.fixture.TestContext;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;

/** A provider that answers what a test tells it to, and an instance of the binding beside it. */
final class Provider implements AutoCloseable {
    static final String KEY = "sk-ant-test-key";

    private static final String SSE = "text/event-stream; charset=utf-8";

    private final MockProvider mock = new MockProvider();
    private final AnthropicBinding binding;

    Provider(Map<String, ?> settings) throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.put("api_key", KEY);
        all.put("base_url", mock.url("/"));
        binding = TestContext.started(new AnthropicBinding(), all);
    }

    Provider() throws IOException {
        this(Map.of());
    }

    AnthropicBinding binding() {
        return binding;
    }

    MockWebServer server() {
        return mock.server();
    }

    /** Each piece becomes an event, quotes written as apostrophes. */
    void streams(String... events) {
        mock.streams(SSE, events(events));
    }

    /** The bytes of the stream as they are. */
    void streamsRaw(String body) {
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

    static MockResponse.Builder sse(String body) {
        return MockProvider.stream(SSE, body);
    }

    static String events(String... events) {
        return Stream.of(events)
                .map(event -> {
                    String type = event.replaceFirst("^\\{'type':'([^']*)'(?s:.*)", "$1");
                    return "event: %s\ndata: %s\n\n".formatted(type, MockProvider.quoted(event));
                })
                .collect(Collectors.joining());
    }

    static String start() {
        return "{'type':'message_start','message':{'id':'msg_1','type':'message','role':'assistant',"
                + "'model':'claude-opus-5','content':[],'stop_reason':null,'stop_sequence':null,"
                + "'usage':{'input_tokens':7,'cache_creation_input_tokens':20,"
                + "'cache_read_input_tokens':100,'output_tokens':1}}}";
    }

    static String block(int index, String block) {
        return "{'type':'content_block_start','index':%d,'content_block':%s}"
                .formatted(index, block);
    }

    static String textBlock(int index) {
        return block(index, "{'type':'text','text':''}");
    }

    static String delta(int index, String delta) {
        return "{'type':'content_block_delta','index':%d,'delta':%s}".formatted(index, delta);
    }

    static String text(int index, String text) {
        return delta(index, "{'type':'text_delta','text':'%s'}".formatted(text));
    }

    static String stop(int index) {
        return "{'type':'content_block_stop','index':%d}".formatted(index);
    }

    static String end(String reason) {
        return "{'type':'message_delta','delta':{'stop_reason':'%s','stop_sequence':null},"
                        .formatted(reason)
                + "'usage':{'output_tokens':42,'output_tokens_details':{'thinking_tokens':9}}}";
    }

    static String stopped() {
        return "{'type':'message_stop'}";
    }

    /** A whole stream that says Hello. */
    static String[] hello() {
        return new String[] {
            start(),
            textBlock(0),
            text(0, "Hel"),
            text(0, "lo"),
            stop(0),
            end("end_turn"),
            stopped()
        };
    }

    @Override
    public void close() {
        binding.stop();
        mock.close();
    }
}
