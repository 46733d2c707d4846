package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.host.Errand;
import dev.bindery.server.keys.ApiKey;
import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.options.ServerOptions;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final String KEY = "Authorization: Bearer sk-right";
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served =
                new Served(options ->
                        options.keys(
                                        KeyRing.of(
                                                List.of(
                                                        ApiKey.of("ci", "sk-right"),
                                                        ApiKey.of(
                                                                "one",
                                                                "sk-one",
                                                                List.of("small/*"),
                                                                null))))
                                .allowedHosts(Set.of("models.example"))
                                .allowedOrigins(Set.of("https://app.example")));
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void forgetWhatWasAsked() {
        served.router.asked.clear();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LOCALHOST:9600",
                "api.localhost",
                "127.0.0.1:1",
                "127.9.9.9",
                "[::1]:80",
                "10.1.2.3",
                "192.168.0.1:80",
                "[fd00::1]",
                "models.example:443"
            })
    void ownAndPrivateAndConfiguredHostNamesAreServed(String host) throws Exception {
        assertThat(served.get("/v1/models", "Host: " + host, KEY).status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "evil.example",
                "localhost.evil.example",
                "8.8.8.8",
                "127.0.0.1.evil.example",
                "xlocalhost",
                "[2001:db8::1]:80"
            })
    void otherHostNamesAreRefused(String host) throws Exception {
        RawHttp.Answer answer = served.get("/v1/models", "Host: " + host, KEY);
        assertThat(answer.status()).isEqualTo(403);
        assertThat(json(answer).at("/error/message").stringValue()).contains("--allow-host");
        assertThat(served.get("/healthz", "Host: " + host).status()).isEqualTo(200);
    }

    @Test
    void hostsAndOriginsAreComparedWhicheverWayTheyAreWritten() throws Exception {
        try (Served served =
                new Served(o ->
                        o.allowedHosts(Set.of("Bindery.Example:9600"))
                                .allowedOrigins(
                                        Set.of(
                                                "HTTPS://App.Example:443/",
                                                "http://dev.example:3000")))) {
            for (String host :
                    List.of("bindery.example", "BINDERY.example:80", "bindery.example.")) {
                assertThat(served.get("/v1/models", "Host: " + host).status())
                        .as(host)
                        .isEqualTo(200);
            }
            assertThat(served.get("/v1/models", "Host: other.example").status()).isEqualTo(403);
            for (String origin : List.of("https://app.example", "https://APP.example:443")) {
                RawHttp.Answer answer = served.get("/v1/models", "Origin: " + origin);
                assertThat(answer.status()).as(origin).isEqualTo(200);
                assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(origin);
            }
            for (String origin :
                    List.of(
                            "http://app.example",
                            "https://app.example:444",
                            "http://dev.example",
                            "null",
                            "*")) {
                assertThat(served.get("/v1/models", "Origin: " + origin).status())
                        .as(origin)
                        .isEqualTo(403);
            }
        }
    }

    @Test
    void whatIsNoNameAndNoOriginIsRefusedAtTheStart() {
        ServerOptions.Builder options = ServerOptions.builder("token");
        assertThatThrownBy(() -> options.allowedHosts(Set.of("https://a.example/")))
                .hasMessageContaining("is no name of a host; one looks like bindery.example.org");
        assertThatThrownBy(() -> options.allowedOrigins(Set.of("a.example")))
                .hasMessageContaining("is no origin of web pages; one looks like https://");
    }

    @Test
    void pagesOfOtherOriginsAreRefusedAndConfiguredOnesMayRead() throws Exception {
        assertThat(served.get("/v1/models", KEY, "Origin: https://evil.example").status())
                .isEqualTo(403);
        assertThat(served.get("/v1/models", KEY, "Origin: null").status()).isEqualTo(403);
        assertThat(served.get("/v1/models", KEY, "Origin: http://localhost").status())
                .isEqualTo(200);
        RawHttp.Answer answer = served.get("/v1/models", KEY, "Origin: https://app.example");
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(answer.header("Vary")).isEqualTo("Origin");
    }

    @Test
    void aPageMayAskBeforeItSendsAndNeedsNoKeyForThat() throws Exception {
        RawHttp.Answer answer =
                served.request(
                        "OPTIONS",
                        "/v1/chat/completions",
                        "Origin: https://app.example",
                        "Access-Control-Request-Method: POST",
                        "Access-Control-Request-Headers: authorization,content-type");
        assertThat(answer.status()).isEqualTo(204);
        assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo("https://app.example");
        assertThat(answer.header("Access-Control-Allow-Headers"))
                .isEqualTo("authorization,content-type");
        assertThat(answer.header("Access-Control-Allow-Methods")).contains("POST");
    }

    @Test
    void aKeyIsNeededAndItsNameIsToldToTheBinding() throws Exception {
        RawHttp.Answer without = served.get("/v1/models");
        assertThat(without.status()).isEqualTo(401);
        assertThat(json(without).at("/error/code").stringValue()).isEqualTo("invalid_api_key");
        RawHttp.Answer wrong = served.get("/v1/models", "Authorization: Bearer sk-wrong-one");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.body())
                .contains("Incorrect API key provided")
                .doesNotContain("sk-wrong-one", "sk-right");
        assertThat(served.get("/v1/models", "Authorization: Bearer " + Served.TOKEN).status())
                .isEqualTo(401);
        served.post("/v1/chat/completions", Served.chatBody(ECHO, "x"), KEY);
        assertThat(served.router.asked.take().caller().keyName()).hasValue("ci");
    }

    @Test
    void aKeyForSomeModelsSeesAndReachesNoOthers() throws Exception {
        String one = "Authorization: Bearer sk-one";
        served.router.serve("small/model", List.of(Operation.chunk("hi")), FinishReason.STOP);
        RawHttp.Answer listed = served.get("/v1/models", one);
        assertThat(listed.body()).contains("small/model").doesNotContain(ECHO);
        assertThat(served.get("/v1/models", KEY).body()).contains("small/model", ECHO);
        RawHttp.Answer allowed =
                served.post("/v1/chat/completions", Served.chatBody("small/model", "x"), one);
        assertThat(allowed.status()).isEqualTo(200);
        RawHttp.Answer there = served.post("/v1/chat/completions", Served.chatBody(ECHO, "x"), one);
        assertThat(there.status()).isEqualTo(403);
        assertThat(json(there).at("/error/type").stringValue()).isEqualTo("permission_error");
        assertThat(json(there).at("/error/message").stringValue())
                .contains("'one' may not use 'echo/echo'")
                .contains("small/*");
        RawHttp.Answer nowhere =
                served.post("/v1/chat/completions", Served.chatBody("echo/ech", "x"), one);
        assertThat(nowhere.status()).isEqualTo(403);
        assertThat(nowhere.body()).doesNotContain(ECHO);
        RawHttp.Answer missing =
                served.post("/v1/chat/completions", Served.chatBody("small/none", "x"), one);
        assertThat(missing.status()).isEqualTo(404);
        assertThat(json(missing).at("/error/code").stringValue()).isEqualTo("model_not_found");
        assertThat(missing.body()).doesNotContain(ECHO);
        RawHttp.Answer streamed =
                served.post(
                        "/v1/chat/completions", Served.chatBody(ECHO, "x", "\"stream\":true"), one);
        assertThat(streamed.status()).isEqualTo(403);
        RawHttp.Answer embedded =
                served.post("/v1/embeddings", "{\"model\":\"echo/echo\",\"input\":\"x\"}", one);
        assertThat(embedded.status()).isEqualTo(403);
        assertThat(served.get("/v1/models/echo/echo", one).status()).isEqualTo(403);
        assertThat(served.router.asked.take().model()).isEqualTo("small/model");
        assertThat(served.router.asked).isEmpty();
    }

    @Test
    void theHostKnowsWhatAKeyMayUseWhereverACallLeads() throws Exception {
        served.router.serve(
                "small/relay",
                (request, sink) -> {
                    Errand relaying =
                            Errand.current()
                                    .orElseGet(Errand::beginning)
                                    .into("small", "relay", request.caller(), request.retries());
                    relaying.into("big", "model", request.caller(), request.retries());
                    return GenerationResult.of("reached");
                });
        String body = Served.chatBody("small/relay", "x");

        RawHttp.Answer limited =
                served.post("/v1/chat/completions", body, "Authorization: Bearer sk-one");

        assertThat(limited.status()).isEqualTo(404);
        assertThat(limited.body()).contains("may not use 'big/model'");
        assertThat(served.post("/v1/chat/completions", body, KEY).body()).contains("reached");
    }

    @Test
    void aKeyPullsAndDeletesTheModelsThatItMayUse() throws Exception {
        String one = "Authorization: Bearer sk-one";
        served.router.serve("small/old", List.of(Operation.chunk("hi")), FinishReason.STOP);
        for (String pulled : List.of("echo/new", "small/new")) {
            String body = "{\"model\":\"%s\",\"stream\":false}".formatted(pulled);
            assertThat(served.post("/api/pull", body).status()).isEqualTo(401);
            assertThat(served.post("/api/pull", body, one).status())
                    .isEqualTo(pulled.startsWith("small/") ? 200 : 403);
            assertThat(served.post("/api/pull", body, KEY).status()).isEqualTo(200);
        }
        assertThat(delete(ECHO)).isEqualTo(401);
        assertThat(delete(ECHO, one)).isEqualTo(403);
        assertThat(served.router.deleted).isNull();
        assertThat(delete("small/old", one)).isEqualTo(200);
        assertThat(served.router.deleted).isEqualTo("small/old");
    }

    private static int delete(String model, String... headers) throws Exception {
        String body = "{\"model\":\"%s\"}".formatted(model);
        List<String> all = new ArrayList<>(List.of(headers));
        all.add("Content-Length: " + body.length());
        try (RawHttp http = served.connect()) {
            http.request("DELETE", "/api/delete", all.toArray(String[]::new));
            return http.send(body).answer().status();
        }
    }

    @Test
    void theAdminApiNeedsItsTokenForEverything() throws Exception {
        for (String path : List.of("/admin/v1/status", "/admin/v1/nothing", "/admin/v1/events")) {
            RawHttp.Answer answer = served.get(path, KEY);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(json(answer).at("/error/code").stringValue()).isEqualTo("unauthorized");
        }
        String token = "Authorization: Bearer " + Served.TOKEN;
        assertThat(served.get("/admin/v1/status", token).status()).isEqualTo(200);
        assertThat(served.get("/admin/v1/status", token, "Origin: https://evil.example").status())
                .isEqualTo(403);
    }

    @Test
    void anAddressThatOthersReachNeedsKeys() {
        assertThatThrownBy(() ->
                        ServerOptions.builder("token")
                                .address(InetAddress.ofLiteral("0.0.0.0"))
                                .build())
                .hasMessageContaining("bindery keys add NAME', or listen on 127.0.0.1");
        assertThat(
                        ServerOptions.builder("token")
                                .address(InetAddress.ofLiteral("0.0.0.0"))
                                .keys(KeyRing.of(List.of(ApiKey.of("a", "secret"))))
                                .build())
                .asString()
                .doesNotContain("secret", "token");
    }

    @Test
    void aPortInUseIsSaidPlainly() {
        assertThatThrownBy(() -> new Served(o -> o.port(served.server().address().getPort())))
                .hasMessageContaining("cannot listen on 127.0.0.1:")
                .hasMessageContaining("choose another port");
    }
}
