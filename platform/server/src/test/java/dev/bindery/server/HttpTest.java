package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import okhttp3.OkHttpClient;
import okhttp3.Protocol;
import okhttp3.Request;
import okhttp3.RequestBody;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class HttpTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final int LIMIT = 100_000;
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = Served.withBodiesUpTo(LIMIT);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static byte[] packed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private static RawHttp.Answer postPacked(byte[] body) throws IOException {
        try (RawHttp http = served.connect()) {
            http.request("POST", CHAT, "Content-Encoding: gzip", "Content-Length: " + body.length);
            return http.send(body).answer();
        }
    }

    @Test
    void aPackedBodyIsUnpacked() throws Exception {
        byte[] body = Served.chatBody(ECHO, "packed").getBytes(StandardCharsets.UTF_8);
        assertThat(postPacked(packed(body)).body()).contains("\"content\":\"packed\"");
    }

    @Test
    void aBodyThatOnlyClaimsToBePackedIsRefused() throws Exception {
        RawHttp.Answer answer = postPacked("not packed".getBytes(StandardCharsets.UTF_8));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.body()).contains("cannot be unpacked");
        byte[] cut = packed(new byte[5000]);
        assertThat(postPacked(java.util.Arrays.copyOf(cut, cut.length - 9)).status())
                .isEqualTo(400);
    }

    @Test
    void aBodyThatUnpacksToTooMuchIsRefused() throws Exception {
        RawHttp.Answer answer = postPacked(packed(new byte[50 << 20]));
        assertThat(answer.status()).isEqualTo(413);
    }

    @Test
    void anUnknownEncodingIsRefusedAsJson() throws Exception {
        RawHttp.Answer answer = served.post(CHAT, "x", "Content-Encoding: br");
        assertThat(answer.status()).isEqualTo(415);
        assertThat(json(answer).at("/error/message").stringValue())
                .isEqualTo(
                        "Content-Encoding: found \"br\"; bodies may come packed with gzip, or as they are");
    }

    /** Helidon would close the connection without a word. */
    @Test
    void aClientOfHttp10IsToldThatItIsNotServed() throws Exception {
        try (RawHttp http = served.connect()) {
            http.send("GET /healthz HTTP/1.0\r\nHost: localhost\r\n\r\n");
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(505);
            assertThat(json(answer).at("/error/message").stringValue())
                    .contains("HTTP/1.1", "proxy_http_version");
            assertThat(http.ended()).isTrue();
        }
    }

    @Test
    void whatIsWrongWithAHeadIsSaid() throws Exception {
        try (RawHttp http = served.connect()) {
            http.send("GET /v1/models HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(400);
            assertThat(json(answer).at("/error/message").stringValue())
                    .contains("the request is not proper HTTP: Bad Request (");
        }
    }

    @Test
    void aBodyThatIsTooLongIsRefusedAndTheConnectionGoesOn() throws Exception {
        try (RawHttp http = served.connect()) {
            http.post(CHAT, Served.chatBody(ECHO, "x".repeat(LIMIT)));
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(json(answer).at("/error/message").stringValue()).contains("100,000 bytes");
            assertThat(http.get("/healthz").answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void aBodyOfUnknownLengthThatIsTooLongIsRefusedToo() throws Exception {
        try (RawHttp http = served.connect()) {
            http.request("POST", CHAT, "Transfer-Encoding: chunked");
            for (int i = 0; i < 3; i++) {
                http.send("c350\r\n" + "x".repeat(50_000) + "\r\n");
            }
            http.send("0\r\n\r\n");
            assertThat(http.answer().status()).isEqualTo(413);
            assertThat(http.get("/healthz").answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void aChunkThatIsTooLongIsRefusedBeforeItHasCome() throws Exception {
        try (RawHttp http = served.connect()) {
            http.request("POST", CHAT, "Transfer-Encoding: chunked");
            http.send("%x\r\n{".formatted(LIMIT + 1));
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(json(answer).at("/error/message").stringValue()).contains("100000 bytes");
        }
        assertThat(served.get("/healthz").body()).isEqualTo("ok");
    }

    @Test
    void aBodyThatIsFarTooLongIsNotReadAndEndsTheConnection() throws Exception {
        try (RawHttp http = served.connect()) {
            http.request("POST", CHAT, "Content-Length: 999999999999");
            RawHttp.Answer answer = http.answer();
            assertThat(answer.status()).isEqualTo(413);
            assertThat(answer.header("Connection")).isEqualTo("close");
            assertThat(json(answer).at("/error/message").stringValue()).contains("longer");
            assertThat(http.ended()).isTrue();
        }
    }

    @Test
    void oneWhoWaitsToContinueIsToldTo() throws Exception {
        byte[] body = Served.chatBody(ECHO, "waited").getBytes(StandardCharsets.UTF_8);
        try (RawHttp http = served.connect()) {
            http.request("POST", CHAT, "Expect: 100-continue", "Content-Length: " + body.length);
            assertThat(http.answer().status()).isEqualTo(100);
            assertThat(http.send(body).answer().body()).contains("\"content\":\"waited\"");
            assertThat(http.get("/healthz").answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void oneWhoWaitsToContinueInVainIsNotAskedForTheBody() throws Exception {
        try (RawHttp http = served.connect()) {
            http.request("POST", "/v1/nothing", "Expect: 100-continue", "Content-Length: 5");
            assertThat(http.answer().status()).isEqualTo(404);
            assertThat(http.ended()).isTrue();
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInTheirOrder() throws Exception {
        try (RawHttp http = served.connect()) {
            for (int i = 0; i < 3; i++) {
                http.post(CHAT, Served.chatBody(ECHO, "number " + i, "\"stream\":true"));
            }
            for (int i = 0; i < 3; i++) {
                assertThat(http.answer().body()).contains("\"content\":\"" + i + "\"");
            }
        }
    }

    @Test
    void aConnectionThatIsNotKeptIsClosedAfterItsAnswer() throws Exception {
        try (RawHttp http = served.connect()) {
            http.post(CHAT, Served.chatBody(ECHO, "bye", "\"stream\":true"), "Connection: close");
            assertThat(http.answer().body()).endsWith("data: [DONE]\n\n");
            assertThat(http.ended()).isTrue();
        }
    }

    @Test
    void theRequestsIdIsTheClientsWhereThatIsHarmless() throws Exception {
        assertThat(served.get("/v1/models", "x-request-id: my-id.1").header("x-request-id"))
                .isEqualTo("my-id.1");
        assertThat(served.get("/v1/models", "x-request-id: a b;c").header("x-request-id"))
                .startsWith("req_");
        served.router.asked.clear();
        served.post(CHAT, Served.chatBody(ECHO, "x"), "x-request-id: mine");
        assertThat(served.router.asked.take().caller().requestId()).isEqualTo("mine");
    }

    @Test
    void theRootGreetsAsOllamasClientsExpect() throws Exception {
        assertThat(served.get("/").body()).isEqualTo("Ollama is running");
        try (RawHttp http = served.connect()) {
            RawHttp.Answer head = http.request("HEAD", "/").answer("HEAD");
            assertThat(head.status()).isEqualTo(200);
            assertThat(head.header("Content-Length")).isEqualTo("17");
            assertThat(http.get("/healthz").answer().body()).isEqualTo("ok");
        }
    }

    @Test
    void optionsTellWhatAPathTakes() throws Exception {
        RawHttp.Answer answer = served.request("OPTIONS", "/v1/models");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Allow")).isEqualTo("GET, HEAD, OPTIONS");
    }

    @Test
    void aHeadThatIsTooLargeIsRefusedAsJson() throws Exception {
        RawHttp.Answer answer = served.get("/v1/models", "X-Large: " + "x".repeat(40_000));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).at("/error/type").stringValue()).isEqualTo("invalid_request_error");
    }

    @Test
    void readinessNamesWhatIsPending() throws Exception {
        assertThat(served.get("/readyz").status()).isEqualTo(200);
        served.host.pending.add("llamacpp is starting");
        RawHttp.Answer answer = served.get("/readyz");
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.body())
                .isEqualTo("{\"ready\":false,\"pending\":[\"llamacpp is starting\"]}");
        served.host.pending.clear();
    }

    @Test
    void theJdksClientWhichAsksForAnUpgradeIsServed() throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            HttpRequest request =
                    HttpRequest.newBuilder(URI.create(served.url() + CHAT))
                            .POST(
                                    HttpRequest.BodyPublishers.ofString(
                                            Served.chatBody(ECHO, "jdk", "\"stream\":true")))
                            .build();
            assertThat(client.send(request, BodyHandlers.ofString()).body())
                    .contains("\"content\":\"jdk\"");
        }
    }

    @Test
    void http2InTheClearIsServedTooStreamedAndRefused() throws Exception {
        OkHttpClient client =
                new OkHttpClient.Builder().protocols(List.of(Protocol.H2_PRIOR_KNOWLEDGE)).build();
        RequestBody stream =
                RequestBody.create(
                        Served.chatBody(ECHO, "over two", "\"stream\":true")
                                .getBytes(StandardCharsets.UTF_8));
        RequestBody large = RequestBody.create(new byte[LIMIT * 3]);
        Request refused = new Request.Builder().url(served.url() + CHAT).post(large).build();
        for (int i = 0; i < 30; i++) {
            Request request = new Request.Builder().url(served.url() + CHAT).post(stream).build();
            try (var response = client.newCall(request).execute()) {
                assertThat(response.body().string())
                        .contains("\"content\":\"two\"")
                        .endsWith("data: [DONE]\n\n");
                assertThat(response.protocol()).isEqualTo(Protocol.H2_PRIOR_KNOWLEDGE);
            }
            try (var response = client.newCall(refused).execute()) {
                assertThat(response.code()).isEqualTo(413);
            }
        }
        client.connectionPool().evictAll();
        client.dispatcher().executorService().shutdown();
    }
}
