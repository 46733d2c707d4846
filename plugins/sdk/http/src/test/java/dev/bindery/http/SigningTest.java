package dev.bindery.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What providers need whose requests are signed as a whole. */
class SigningTest {
    private final MockWebServer server = new MockWebServer();
    private final List<String> signed = new CopyOnWriteArrayList<>();
    private Upstream upstream;

    @BeforeEach
    void start() throws IOException {
        server.start();
        upstream =
                Upstream.of(
                        UpstreamOptions.builder(server.url("/").toString())
                                .signer(this::sign)
                                .secret("hidden-token")
                                .errors(
                                        ErrorRules.builder()
                                                .codeHeader("x-code")
                                                .code("notready", ErrorCode.OVERLOADED)
                                                .build())
                                .build());
    }

    @AfterEach
    void stop() {
        upstream.close();
        server.close();
    }

    private Map<String, String> sign(String method, URI address, byte[] body) {
        signed.add("%s %s %d".formatted(method, address.getRawPath(), body.length));
        return Map.of("Signature", String.valueOf(signed.size()));
    }

    @Test
    void everyAttemptIsSignedAnew() throws Exception {
        server.enqueue(new MockResponse.Builder().code(503).addHeader("Retry-After", "0").build());
        server.enqueue(new MockResponse.Builder().body("{}").build());

        upstream.json(
                UpstreamRequest.post("model/a%3A1%2Fb/do", Json.object()).encoded(true).build());

        assertThat(signed)
                .containsExactly("POST /model/a%3A1%2Fb/do 2", "POST /model/a%3A1%2Fb/do 2");
        assertThat(server.takeRequest().getHeaders().get("Signature")).isEqualTo("1");
        RecordedRequest second = server.takeRequest();
        assertThat(second.getHeaders().get("Signature")).isEqualTo("2");
        assertThat(second.getTarget()).isEqualTo("/model/a%3A1%2Fb/do");
    }

    @Test
    void nothingIsSignedForAnotherOrigin() throws Exception {
        try (MockWebServer other = new MockWebServer()) {
            other.start();
            other.enqueue(new MockResponse.Builder().body("{}").build());
            server.enqueue(
                    new MockResponse.Builder()
                            .code(307)
                            .addHeader("Location", other.url("/x"))
                            .build());

            upstream.json(UpstreamRequest.get("x").build());

            assertThat(signed).hasSize(1);
            assertThat(other.takeRequest().getHeaders().get("Signature")).isNull();
        }
    }

    @Test
    void aCodeInAHeaderCountsAndSecretsAreMasked() {
        server.enqueue(
                new MockResponse.Builder()
                        .code(429)
                        .addHeader("x-code", "NotReady:http://example.org/")
                        .body("{\"Message\":\"token hidden-token is not ready\"}")
                        .build());

        BindingException failure =
                catchThrowableOfType(
                        BindingException.class,
                        () -> upstream.json(UpstreamRequest.get("x").build()));

        assertThat(failure.code()).isEqualTo(ErrorCode.OVERLOADED);
        assertThat(failure).hasMessageEndingWith("token *** is not ready");
    }

    @Test
    void aRequestsOwnHeadersStand() throws Exception {
        server.enqueue(new MockResponse.Builder().body("{}").build());

        upstream.json(UpstreamRequest.get("x").header("Accept", "a/b").build());

        assertThat(server.takeRequest().getHeaders().get("Accept")).isEqualTo("a/b");
    }
}
