package dev.bindery.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.tls.HandshakeCertificates;

/** Answers as a running host would, with what a test told it; remembers what it was asked. */
final class FakeHost extends Dispatcher implements AutoCloseable {
    private final MockWebServer server = new MockWebServer();
    private final Map<String, MockResponse> answers = new LinkedHashMap<>();
    private final List<RecordedRequest> requests = new CopyOnWriteArrayList<>();

    private final String scheme;

    FakeHost() throws IOException {
        scheme = "http";
        start();
    }

    /** One that speaks TLS. */
    FakeHost(HandshakeCertificates certificates) throws IOException {
        scheme = "https";
        server.useHttps(certificates.sslSocketFactory());
        start();
    }

    private void start() throws IOException {
        server.setDispatcher(this);
        server.start();
    }

    String url() {
        return scheme + "://127.0.0.1:" + server.getPort();
    }

    /**
     * @param request method and path, for instance {@code GET /admin/v1/bindings}
     */
    FakeHost answers(String request, String body) {
        return answers(request, 200, body);
    }

    FakeHost answers(String request, int status, String body) {
        answers.put(request, new MockResponse.Builder().code(status).body(body).build());
        return this;
    }

    FakeHost refuses(String request, int status, String code, String message) {
        return answers(
                request,
                status,
                "{\"error\":{\"code\":\"%s\",\"message\":\"%s\"}}".formatted(code, message));
    }

    /** What was asked, method and target, in order. */
    List<String> asked() {
        return requests.stream().map(FakeHost::line).toList();
    }

    String bodyOf(int request) {
        return requests.get(request).getBody().string(StandardCharsets.UTF_8);
    }

    String headerOf(int request, String name) {
        return requests.get(request).getHeaders().get(name);
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        requests.add(request);
        MockResponse answer = answers.get(line(request));
        return answer != null ? answer : new MockResponse.Builder().code(404).build();
    }

    private static String line(RecordedRequest request) {
        return request.getMethod() + " " + request.getTarget();
    }

    @Override
    public void close() {
        server.close();
    }
}
