package dev.bindery.server;

import static dev.bindery.server.Served.chatBody;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The server in front of a host that runs a real jar. */
class RealHostTest {
    private static final String TOKEN = HostedServer.TOKEN;

    @TempDir static Path home;
    private static HostedServer hosted;

    @BeforeAll
    static void start() throws Exception {
        hosted = new HostedServer(home);
        hosted.install("shouts", "chat, stream", ShoutingBinding.class);
    }

    @AfterAll
    static void stop() {
        hosted.close();
    }

    private static RawHttp.Answer chat(String model, String text, String... fields)
            throws IOException {
        return hosted.chat(model, text, fields);
    }

    @Test
    void itsModelAnswersWholeAndStreamed() throws Exception {
        JsonNode whole = json(chat("shouts/loud", "hello there"));
        assertThat(whole.at("/choices/0/message/content").stringValue()).isEqualTo("HELLO THERE");
        assertThat(chat("shouts/loud", "hello there", "\"stream\":true").body())
                .contains("\"content\":\"HELLO \"", "\"content\":\"THERE\"")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void whatItCannotDoAndWhatIsNotThereIsRefused() throws Exception {
        for (String stream : List.of("true", "false")) {
            RawHttp.Answer tools =
                    chat(
                            "shouts/loud",
                            "x",
                            "\"stream\":" + stream,
                            "\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\"}}]");
            assertThat(tools.status()).isEqualTo(400);
            assertThat(json(tools).at("/error/code").stringValue()).isEqualTo("unsupported");
        }
        assertThat(chat("nobody/here", "x").status()).isEqualTo(404);
    }

    private static JsonNode limit(String limits) throws Exception {
        byte[] body = "{\"limits\":{%s}}".formatted(limits).getBytes(StandardCharsets.UTF_8);
        try (RawHttp http = hosted.connect()) {
            http.request(
                    "PATCH", "/admin/v1/instances/shouts", TOKEN, "Content-Length: " + body.length);
            return json(http.send(body).answer()).get("limits");
        }
    }

    private static int calls() throws Exception {
        try (RawHttp http = hosted.connect()) {
            RawHttp.Answer answer = http.get("/admin/v1/instances/shouts", TOKEN).answer();
            return json(answer).get("active_calls").intValue();
        }
    }

    @Test
    void pastItsPlacesItIsOverloadedUntilItMayHaveMore() throws Exception {
        assertThat(limit("\"concurrency\":1,\"queue\":\"0\"").get("concurrency").intValue())
                .isEqualTo(1);
        try (RawHttp held = hosted.connect()) {
            held.post(
                    "/v1/chat/completions", chatBody("shouts/loud", "one hold", "\"stream\":true"));
            held.begin();
            while (!held.chunk().contains("ONE")) {
                assertThat(calls()).isEqualTo(1);
            }
            RawHttp.Answer refused = chat("shouts/loud", "x");
            assertThat(refused.status()).isEqualTo(429);
            assertThat(json(refused).at("/error/code").stringValue())
                    .isEqualTo("rate_limit_exceeded");
            assertThat(Integer.parseInt(refused.header("Retry-After"))).isPositive();
            limit("\"concurrency\":2");
            assertThat(chat("shouts/loud", "x").status()).isEqualTo(200);
            assertThat(calls()).as("the call in flight goes on").isEqualTo(1);
        } finally {
            limit("\"concurrency\":null,\"queue\":null");
        }
    }

    @Test
    void whatTakesTooLongIsATimeoutAlsoInMidStream() throws Exception {
        limit("\"first_token_s\":1,\"idle_s\":1,\"unload_after_s\":60");
        try {
            RawHttp.Answer silent = chat("shouts/loud", "hold");
            assertThat(silent.status()).isEqualTo(504);
            assertThat(silent.body()).contains("no answer began within 1 s");
            RawHttp.Answer broken = chat("shouts/loud", "one hold", "\"stream\":true");
            assertThat(broken.status()).isEqualTo(200);
            assertThat(broken.body())
                    .contains("\"content\":\"ONE \"", "nothing came for 1 s", "\"timeout\"");
            limit("\"idle_s\":null,\"total_s\":1");
            assertThat(chat("shouts/loud", "one hold", "\"stream\":true").body())
                    .contains("longer than its limit of 1.0 s");
        } finally {
            limit(
                    "\"first_token_s\":null,\"idle_s\":null,\"total_s\":null,\"unload_after_s\":null");
        }
    }

    @Test
    void itIsListedByBothApis() throws Exception {
        try (RawHttp http = hosted.connect()) {
            assertThat(http.get("/v1/models").answer().body()).contains("\"id\":\"shouts/loud\"");
            JsonNode instance = json(http.get("/admin/v1/instances/shouts", TOKEN).answer());
            assertThat(instance.get("state").stringValue()).isEqualTo("ACTIVE");
            assertThat(instance.get("models").toString()).isEqualTo("[\"loud\"]");
        }
    }
}
