package dev.bindery.distribution.clients;

import dev.bindery.distribution.LiveHost;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.JsonNode;

/** A provider that speaks OpenAI's API. The name of a model says what it does. */
final class Provider implements AutoCloseable {
    static final String TEXT = "I am the provider 😀";
    static final String SIGNATURE = "{\"google\":{\"thought_signature\":\"c2lnbmVk+/==\"}}";
    static final String SEALED =
            "[{\"type\":\"reasoning.summary\",\"summary\":\"hm, let me"
                    + " see\",\"index\":0},{\"type\":\"reasoning.encrypted\",\"data\":\"c2VhbGVk+/==\",\"index\":1}]";
    private static final String USAGE =
            "{\"prompt_tokens\":10,\"completion_tokens\":5,\"total_tokens\":15,\"prompt_tokens_details\":{\"cached_tokens\":4},\"completion_tokens_details\":{\"reasoning_tokens\":2}}";

    private final MockWebServer server = new MockWebServer();
    private final AtomicInteger conversations = new AtomicInteger();

    Provider() throws IOException {
        server.setDispatcher(
                new Dispatcher() {
                    @Override
                    public MockResponse dispatch(RecordedRequest request) {
                        return respond(request);
                    }
                });
        server.start();
    }

    String url() {
        return server.url("/v1").toString();
    }

    /** The next chat that came. */
    JsonNode heard() throws InterruptedException {
        while (true) {
            RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
            if (request == null) {
                throw new AssertionError("no chat came");
            }
            if (isChat(request)) {
                return LiveHost.json(request.getBody().utf8());
            }
        }
    }

    /** Forgets what came. */
    void forget() throws InterruptedException {
        RecordedRequest request = server.takeRequest(0, TimeUnit.SECONDS);
        while (request != null) {
            request = server.takeRequest(0, TimeUnit.SECONDS);
        }
    }

    private static boolean isChat(RecordedRequest request) {
        return request.getTarget().endsWith("/chat/completions");
    }

    private MockResponse respond(RecordedRequest request) {
        if (request.getTarget().endsWith("/v1/completions")) {
            return completion(LiveHost.json(request.getBody().utf8()));
        }
        if (!isChat(request)) {
            return json(
                    200, "{\"object\":\"list\",\"data\":[{\"id\":\"says\",\"object\":\"model\"}]}");
        }
        JsonNode asked = LiveHost.json(request.getBody().utf8());
        boolean streamed = asked.path("stream").asBoolean(false);
        return switch (asked.get("model").stringValue()) {
            case "says" -> streamed ? says("stop", TEXT.split("(?<= )", -1)) : said("stop", TEXT);
            case "cut" -> streamed ? says("length", "half") : said("length", "half");
            case "filtered" ->
                    streamed ? says("content_filter", "no") : said("content_filter", "no");
            case "thinks" -> thinks(streamed);
            case "seals" -> seals(streamed);
            case "works" -> works(asked, streamed);
            case "breaks" -> streamed ? events(delta("{\"content\":\"half\"}")) : failure();
            case "limited" -> limited();
            case "endless" -> endless();
            default -> failure();
        };
    }

    /** Of a prompt as it is; a break is one in either form. */
    private static MockResponse completion(JsonNode asked) {
        String choice = "{\"choices\":[{\"index\":0,\"text\":\"%s\",\"finish_reason\":%s}]}";
        if (!asked.path("stream").asBoolean(false)) {
            return json(200, choice.formatted(TEXT, "\"stop\""));
        }
        return asked.get("model").stringValue().equals("breaks")
                ? events(choice.formatted("half", "null"))
                : events(choice.formatted(TEXT, "\"stop\""), "[DONE]");
    }

    private static MockResponse said(String reason, String text) {
        return whole(reason, "\"content\":\"" + text + "\"");
    }

    private static MockResponse says(String reason, String... pieces) {
        Stream<String> deltas = Stream.of(pieces).map("{\"content\":\"%s\"}"::formatted);
        return stream(reason, deltas);
    }

    private static MockResponse thinks(boolean streamed) {
        return streamed
                ? stream(
                        "stop",
                        Stream.of(
                                "{\"reasoning_content\":\"hm, \"}",
                                "{\"reasoning_content\":\"let me see\"}",
                                "{\"content\":\"42\"}"))
                : whole("stop", "\"reasoning_content\":\"hm, let me see\",\"content\":\"42\"");
    }

    /** Thoughts with what only the provider can read, as OpenRouter has them. */
    private static MockResponse seals(boolean streamed) {
        String pieces =
                "{\"reasoning\":\"%s\",\"reasoning_details\":[{\"type\":\"reasoning.summary\",\"summary\":\"%<s\",\"index\":0}]}";
        String sealed =
                "{\"reasoning_details\":[{\"type\":\"reasoning.encrypted\",\"data\":\"c2VhbGVk+/==\",\"index\":1}]}";
        return streamed
                ? stream(
                        "stop",
                        Stream.of(
                                pieces.formatted("hm, "),
                                pieces.formatted("let me see"),
                                sealed,
                                "{\"content\":\"42\"}"))
                : whole(
                        "stop",
                        "\"reasoning\":\"hm, let me see\",\"reasoning_details\":%s,\"content\":\"42\""
                                .formatted(SEALED));
    }

    /** Two calls at once, in fragments; then what their results come to. */
    private MockResponse works(JsonNode asked, boolean streamed) {
        List<String> results =
                asked.get("messages")
                        .valueStream()
                        .filter(message -> message.get("role").stringValue().equals("tool"))
                        .map(message -> message.get("content").asString())
                        .toList();
        if (!results.isEmpty()) {
            String text = "it is " + String.join(" and ", results);
            return streamed ? says("stop", text.split("(?<= )", -1)) : said("stop", text);
        }
        int number = conversations.incrementAndGet();
        String[] ids = {"call_w" + number, "call_t" + number};
        return streamed
                ? stream("tool_calls", calls(ids).stream())
                : whole(
                        "tool_calls",
                        "\"content\":null,\"tool_calls\":[{\"id\":\"%s\",\"type\":\"function\",\"extra_content\":%s,\"function\":{\"name\":\"weather\",\"arguments\":\"{\\\"city\\\":\\\"Köln 😀\\\"}\"}},{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"time\",\"arguments\":\"{\\\"zone\\\":\\\"CET\\\"}\"}}]"
                                .formatted(ids[0], SIGNATURE, ids[1]));
    }

    /** Fragments of two calls, mixed. */
    private static List<String> calls(String[] ids) {
        List<String> weather =
                List.of(
                        begun(0, ids[0], "weather", ",\"extra_content\":" + SIGNATURE),
                        more(0, "{\\\"city\\\""),
                        more(0, ":\\\"Köln 😀\\\"}"));
        List<String> time =
                List.of(
                        begun(1, ids[1], "time", ""),
                        more(1, "{\\\"zone\\\":\\\""),
                        more(1, "CET\\\"}"));
        List<String> calls = new ArrayList<>(weather);
        for (int i = 0; i < time.size(); i++) {
            calls.add(2 * i + 1, time.get(i));
        }
        return calls;
    }

    private static String begun(int index, String id, String name, String extra) {
        return "{\"tool_calls\":[{\"index\":%d,\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":\"\"}%s}]}"
                .formatted(index, id, name, extra);
    }

    private static String more(int index, String arguments) {
        return "{\"tool_calls\":[{\"index\":%d,\"function\":{\"arguments\":\"%s\"}}]}"
                .formatted(index, arguments);
    }

    /** A word at a time, for many minutes. */
    private static MockResponse endless() {
        String piece = event(delta("{\"content\":\"on \"}"));
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .chunkedBody(piece.repeat(10_000), piece.length())
                .throttleBody(2L * piece.length(), 100, TimeUnit.MILLISECONDS)
                .build();
    }

    private static MockResponse limited() {
        return json(429, "{\"error\":{\"message\":\"the quota is used up\",\"type\":\"limit\"}}")
                .newBuilder()
                .addHeader("Retry-After", "3600")
                .build();
    }

    private static MockResponse failure() {
        return new MockResponse.Builder()
                .code(500)
                .addHeader("Content-Type", "text/html")
                .body("<html><h1>Oops</h1></html>")
                .build();
    }

    private static MockResponse whole(String reason, String message) {
        return json(
                200,
                "{\"id\":\"c\",\"object\":\"chat.completion\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",%s},\"finish_reason\":\"%s\"}],\"usage\":%s}"
                        .formatted(message, reason, USAGE));
    }

    private static MockResponse stream(String reason, Stream<String> deltas) {
        Stream<String> end =
                Stream.of(
                        "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"%s\"}]}"
                                .formatted(reason),
                        "{\"id\":\"c\",\"choices\":[],\"usage\":%s}".formatted(USAGE),
                        "[DONE]");
        return events(Stream.concat(deltas.map(Provider::delta), end).toArray(String[]::new));
    }

    private static String delta(String delta) {
        return "{\"id\":\"c\",\"choices\":[{\"index\":0,\"delta\":%s,\"finish_reason\":null}]}"
                .formatted(delta);
    }

    /** In pieces that end anywhere. */
    private static MockResponse events(String... data) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .chunkedBody(Stream.of(data).map(Provider::event).collect(Collectors.joining()), 61)
                .build();
    }

    private static String event(String data) {
        return "data: " + data + "\n\n";
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
