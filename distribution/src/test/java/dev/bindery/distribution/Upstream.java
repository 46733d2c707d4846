package dev.bindery.distribution;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

/** A provider that speaks OpenAI's API and says one thing to everybody. */
final class Upstream implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final String answer;

    Upstream(String answer) throws IOException {
        this.answer = answer;
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

    /** The next request that came to the chats. */
    RecordedRequest nextChat() throws InterruptedException {
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        while (request != null && !isChat(request)) {
            request = server.takeRequest(10, TimeUnit.SECONDS);
        }
        if (request == null) {
            throw new AssertionError("no chat came");
        }
        return request;
    }

    private static boolean isChat(RecordedRequest request) {
        return request.getTarget().endsWith("/chat/completions");
    }

    private MockResponse respond(RecordedRequest request) {
        if (!isChat(request)) {
            return json("{\"object\":\"list\",\"data\":[{\"id\":\"big\",\"object\":\"model\"}]}");
        }
        return request.getBody().utf8().contains("\"stream\":true") ? stream() : whole();
    }

    private MockResponse whole() {
        return json(
                """
                {"id":"c","object":"chat.completion","created":1,"model":"big","choices":[{"index":0,
                "message":{"role":"assistant","content":"%s"},"finish_reason":"stop"}],
                "usage":{"prompt_tokens":1,"completion_tokens":2,"total_tokens":3}}
                """
                        .formatted(answer));
    }

    private MockResponse stream() {
        String events =
                """
                data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"big","choices":[{"index":0,"delta":{"role":"assistant","content":"%s"}}]}

                data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"big","choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}

                data: [DONE]

                """
                        .formatted(answer);
        return new MockResponse.Builder()
                .addHeader("Content-Type", "text/event-stream")
                .chunkedBody(events, 64)
                .build();
    }

    private static MockResponse json(String body) {
        return new MockResponse.Builder()
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    @Override
    public void close() {
        server.close();
    }
}
