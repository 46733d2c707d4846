package dev.bindery.binding.cohere;

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
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;

/** Cohere as a test tells it to be, and an instance of the binding beside it. */
final class Provider implements AutoCloseable {
    static final String KEY = "co-test-key";
    static final String END =
            "{'type':'message-end','delta':{'finish_reason':'COMPLETE','usage':{'billed_units':{'input_tokens':3,'output_tokens':2},"
                    + "'tokens':{'input_tokens':71.0,'output_tokens':5},'cached_tokens':64}}}";

    private static final String SSE = "text/event-stream";
    private static final Pattern TYPE = Pattern.compile("\\{'type':'([a-z-]+)'");

    private final MockProvider mock = new MockProvider();
    private final CohereBinding binding;

    Provider(Map<String, ?> settings) throws IOException {
        binding = instance(mock.url("/"), settings).start(new CohereBinding());
    }

    /** What a host would give an instance with these settings. */
    static TestContext instance(String baseUrl, Map<String, ?> settings) {
        Map<String, Object> all = new LinkedHashMap<>(settings);
        all.putIfAbsent("api_key", KEY);
        all.put("base_url", baseUrl);
        return TestContext.of(new CohereBinding()).settings(all).build();
    }

    CohereBinding binding() {
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
                "command-a-03-2025",
                messages.length == 0 ? List.of(Message.user("Hi")) : List.of(messages));
    }

    static MockResponse.Builder sse(String body) {
        return MockProvider.stream(SSE, body);
    }

    /** With the type in a line of its own too, as Cohere does. */
    static String events(String... events) {
        return Stream.of(events)
                .map(event -> named(event) + "data: " + MockProvider.quoted(event) + "\n\n")
                .collect(Collectors.joining());
    }

    private static String named(String event) {
        var type = TYPE.matcher(event);
        return type.find() ? "event: " + type.group(1) + "\n" : "";
    }

    /** A piece of the text. */
    static String text(String text) {
        return delta("content-delta", "'content':{'text':'%s'}".formatted(text));
    }

    static String delta(String type, String message) {
        return "{'type':'%s','index':0,'delta':{'message':{%s}}}".formatted(type, message);
    }

    static String end(String reason) {
        return "{'type':'message-end','delta':{'finish_reason':'%s'}}".formatted(reason);
    }

    /** A whole answer with that text. */
    static String whole(String text) {
        return "{'id':'x','finish_reason':'COMPLETE','message':{'role':'assistant','content':[{'type':'text','text':'%s'}]}}"
                .formatted(text);
    }

    @Override
    public void close() {
        binding.stop();
        mock.close();
    }
}
