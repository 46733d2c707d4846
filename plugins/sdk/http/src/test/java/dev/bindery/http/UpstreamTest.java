package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.RetryBudget;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okio.Buffer;
import okio.BufferedSink;
import okio.GzipSink;
import okio.Okio;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UpstreamTest {
    private static final String KEY = "sk-very-secret";

    private final MockWebServer server = new MockWebServer();
    private static final String RETRY_INFO =
            "{\"error\":{\"code\":429,\"status\":\"RESOURCE_EXHAUSTED\",\"details\":[{\"@type\":"
                    + "\"type.googleapis.com/google.rpc.Help\"},{\"retryDelay\":\"TIME\"}]}}";

    private Upstream upstream;

    @BeforeEach
    void start() throws IOException {
        server.start();
        upstream = Upstream.of(options(server.url("/v1").toString()).build());
    }

    @AfterEach
    void stop() {
        upstream.close();
        server.close();
    }

    @Test
    void aRequestCarriesTheHeadersAndTheAnswerIsJson() throws Exception {
        server.enqueue(json(200, "{\"ok\":true}"));

        JsonNode answer = upstream.json(post("chat/completions"));

        RecordedRequest request = server.takeRequest();
        assertThat(answer.path("ok").booleanValue()).isTrue();
        assertThat(request.getTarget()).isEqualTo("/v1/chat/completions");
        assertThat(request.getHeaders().get("Authorization")).isEqualTo("Bearer " + KEY);
        assertThat(request.getHeaders().get("User-Agent")).startsWith("bindery/");
        assertThat(request.getBody().utf8()).isEqualTo("{\"a\":1}");
    }

    @Test
    void aStreamThatComesPackedAlthoughNobodyAskedForThatIsUnpacked() throws Exception {
        Buffer packed = new Buffer();
        try (BufferedSink out = Okio.buffer(new GzipSink(packed))) {
            out.writeUtf8("data: grün\n\ndata: [DONE]\n\n");
        }
        server.enqueue(
                new MockResponse.Builder()
                        .code(200)
                        .setHeader("Content-Type", "text/event-stream")
                        .setHeader("Content-Encoding", "gzip")
                        .body(packed)
                        .build());
        UpstreamRequest streamed = UpstreamRequest.post("x", Json.object()).streamed(true).build();

        try (Reply reply = upstream.send(streamed)) {
            SseReader events = reply.events();
            SseEvent first = events.next();
            assertThat(first).isNotNull().extracting(SseEvent::data).isEqualTo("grün");
        }

        assertThat(server.takeRequest().getHeaders().get("Accept-Encoding")).isEqualTo("identity");
    }

    @Test
    void whatShallBeDeletedIsNamedInTheBody() throws Exception {
        server.enqueue(new MockResponse.Builder().code(200).build());

        upstream.send(UpstreamRequest.delete("models", Json.object().put("model", "m")).build())
                .close();

        RecordedRequest request = server.takeRequest();
        assertThat(request.getMethod()).isEqualTo("DELETE");
        assertThat(request.getTarget()).isEqualTo("/v1/models");
        assertThat(request.getBody().utf8()).isEqualTo("{\"model\":\"m\"}");
    }

    @Test
    void theQueryOfTheBaseUrlStays() throws Exception {
        server.enqueue(json(200, "{}"));
        String azure = server.url("/openai/v1/?api-version=2026-01").toString();
        try (Upstream other = Upstream.of(options(azure).build())) {
            other.json(UpstreamRequest.get("models").build());
        }

        assertThat(server.takeRequest().getTarget())
                .isEqualTo("/openai/v1/models?api-version=2026-01");
    }

    @Test
    void theParametersOfARequestFollowThoseOfTheBaseUrl() throws Exception {
        server.enqueue(json(200, "{}"));
        String express = server.url("/v1?a=b").toString();
        try (Upstream other = Upstream.of(options(express).build())) {
            other.json(UpstreamRequest.get("x:y").query("alt", "sse").query("t", "&=").build());
        }

        assertThat(server.takeRequest().getTarget()).isEqualTo("/v1/x:y?a=b&alt=sse&t=%26%3D");
    }

    @Test
    void aProvidersErrorHasItsCodeItsStatusAndItsWords() {
        server.enqueue(json(401, "{\"error\":{\"message\":\"bad key " + KEY + "\"}}"));

        BindingException e = failure(post("x"));

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_AUTHENTICATION);
        assertThat(e.upstreamStatus()).hasValue(401);
        assertThat(e).hasMessageContaining("answered 401: bad key ***");
        assertThat(e.toString()).doesNotContain(KEY);
    }

    @Test
    void neitherOptionsNorRequestsPrintASecret() {
        assertThat(options("http://u:p@h/v1").build() + "" + post("x") + upstream)
                .doesNotContain(KEY)
                .doesNotContain("u:p");
    }

    @Test
    void aPageOfHtmlIsShortened() {
        server.enqueue(
                new MockResponse.Builder()
                        .code(500)
                        .body("<html><title>Oops</title>" + "<p>x</p>".repeat(50_000))
                        .build());

        BindingException e = failure(post("x"));

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageEndingWith("answered 500: Oops");
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void aRequestThatWasRefusedForNowIsSentAgainWhenTheProviderSaysSo() {
        server.enqueue(refused(429, "0"));
        server.enqueue(refused(503, "0"));
        server.enqueue(json(200, "{\"n\":3}"));

        assertThat(upstream.json(post("x")).path("n").intValue()).isEqualTo(3);
    }

    @Test
    void aRequestIsNotSentAgainWhenItsBudgetIsUsedUp() {
        RetryBudget budget = RetryBudget.of(1);
        server.enqueue(refused(429, "0"));
        server.enqueue(refused(503, "0"));

        BindingException e =
                failure(UpstreamRequest.post("x", Json.object()).retries(budget).build());

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(server.getRequestCount()).isEqualTo(2);
        assertThat(budget.left()).isZero();
    }

    @Test
    void aWaitThatIsTooLongIsLeftToTheCaller() {
        server.enqueue(refused(429, "3600"));

        BindingException e = failure(post("x"));

        assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(e.retryAfter()).contains(Duration.ofHours(1));
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void aWaitThatTheErrorItselfNamesIsAsGoodAsAHeader() {
        server.enqueue(json(429, RETRY_INFO.replace("TIME", "0.01s")));
        server.enqueue(json(429, RETRY_INFO.replace("TIME", "3600s")));

        BindingException e = failure(post("x"));

        assertThat(server.getRequestCount()).isEqualTo(2);
        assertThat(e.retryAfter()).contains(Duration.ofHours(1));
        assertThat(upstream.error(Json.parse(RETRY_INFO.replace("TIME", "2.5s"))).build())
                .returns(Optional.of(Duration.ofMillis(2500)), BindingException::retryAfter);
        assertThat(upstream.error(Json.parse(RETRY_INFO.replace("TIME", "soon"))).build())
                .returns(Optional.empty(), BindingException::retryAfter);
    }

    @Test
    void aWaitBeyondTheTimeOfTheRequestIsNotBegun() {
        server.enqueue(refused(429, "10"));

        failure(
                UpstreamRequest.post("x", Json.object())
                        .within(Optional.of(Duration.ofSeconds(9)))
                        .build());

        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void aProviderThatSaysDoNotRetryIsNotAskedAgain() {
        server.enqueue(
                new MockResponse.Builder()
                        .code(429)
                        .addHeader("Retry-After", "0")
                        .addHeader("x-should-retry", "false")
                        .build());

        assertThat(failure(post("x")).code()).isEqualTo(ErrorCode.RATE_LIMITED);
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void withoutRetryAfterAFailureOfTheProviderIsFinal() {
        server.enqueue(json(503, "{}"));

        assertThat(failure(post("x")).code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
        assertThat(server.getRequestCount()).isOne();
    }

    @Test
    void whatIsNoJsonIsTheProvidersError() {
        server.enqueue(json(200, "<html><title>Welcome</title></html>"));

        BindingException e = failure(post("x"));

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageContaining("no JSON").hasMessageContaining("Welcome");
    }

    @Test
    void anAnswerThatIsTooLargeIsRefused() {
        server.enqueue(json(200, "\"" + "x".repeat(2000) + "\""));
        ReplyLimits small = new ReplyLimits(100, 100, 1000);
        try (Upstream other =
                Upstream.of(options(server.url("/").toString()).limits(small).build())) {
            BindingException e =
                    catchThrowableOfType(BindingException.class, () -> other.json(post("x")));

            assertThat(e).hasMessageContaining("more than 1000 bytes");
        }
    }

    @Test
    void aRedirectToAnotherHostCarriesNoKey() throws Exception {
        try (MockWebServer elsewhere = new MockWebServer()) {
            elsewhere.start();
            elsewhere.enqueue(json(200, "{}"));
            server.enqueue(redirect(302, elsewhere.url("/models").toString()));

            upstream.json(UpstreamRequest.get("models").build());

            assertThat(server.takeRequest().getHeaders().get("Authorization")).contains(KEY);
            assertThat(elsewhere.takeRequest().getHeaders().toString()).doesNotContain(KEY);
        }
    }

    @Test
    void aGenerationIsNotRedirectedButTheTargetIsNamed() {
        server.enqueue(redirect(308, "https://elsewhere.example/v1/x"));

        BindingException e = failure(post("x"));

        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
        assertThat(e).hasMessageContaining("redirects to https://elsewhere.example/v1/x");
    }

    @Test
    void aProxyIsUsedWithItsCredentials() throws Exception {
        server.enqueue(json(200, "{}"));
        UpstreamOptions options =
                options("http://provider.invalid/v1")
                        .proxy(URI.create("http://127.0.0.1:" + server.getPort()), "me:hidden")
                        .build();
        try (Upstream proxied = Upstream.of(options)) {
            proxied.json(post("x"));
        }

        RecordedRequest request = server.takeRequest();
        assertThat(request.getRequestLine()).contains("http://provider.invalid/v1/x");
        assertThat(request.getHeaders().get("Proxy-Authorization")).isEqualTo("Basic bWU6aGlkZGVu");
    }

    @Test
    void wrongAddressesAndHeadersAreRefusedWithoutTheirSecrets() {
        assertThat(refusal(() -> UpstreamOptions.builder("ftp://u:pw@x")))
                .contains("base_url")
                .doesNotContain("pw");
        assertThat(refusal(() -> options("http://h").proxy(URI.create("http://u:pw@h:1"), null)))
                .contains("proxy")
                .doesNotContain("pw");
        assertThat(refusal(() -> options("http://h").header("x-key", "hid\nden")))
                .contains("x-key")
                .doesNotContain("hid");
    }

    private static String refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        BindingException e = catchThrowableOfType(BindingException.class, call);
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        return e.getMessage();
    }

    private BindingException failure(UpstreamRequest request) {
        return catchThrowableOfType(BindingException.class, () -> upstream.json(request));
    }

    private static UpstreamRequest post(String path) {
        return UpstreamRequest.post(path, Json.object().put("a", 1)).build();
    }

    private static UpstreamOptions.Builder options(String baseUrl) {
        return UpstreamOptions.builder(baseUrl).header("Authorization", "Bearer " + KEY);
    }

    private static MockResponse json(int status, String body) {
        return new MockResponse.Builder()
                .code(status)
                .addHeader("Content-Type", "application/json")
                .body(body)
                .build();
    }

    private static MockResponse refused(int status, String retryAfter) {
        return json(status, "{}").newBuilder().addHeader("Retry-After", retryAfter).build();
    }

    private static MockResponse redirect(int status, String target) {
        return new MockResponse.Builder().code(status).addHeader("Location", target).build();
    }
}
