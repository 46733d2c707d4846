package dev.bindery.cli.chat;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.cli.admin.Json;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.OkHttpClient;
import org.jline.terminal.Terminal;
import org.jline.terminal.impl.DumbTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DialogueTest {
    private final MockWebServer server = new MockWebServer();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void eachQuestionCarriesWhatWasSaidBefore() throws Exception {
        answer("Hello, Ada.");
        answer("Ada.");

        type("I am Ada", "Who am I?", "/exit");

        request();
        assertThat(request().getBody().string(StandardCharsets.UTF_8))
                .contains("I am Ada", "Hello, Ada.", "Who am I?");
        assertThat(shown.toString(StandardCharsets.UTF_8)).contains("Hello, Ada.", "Ada.");
    }

    @Test
    void aClearedConversationStartsAnew() throws Exception {
        answer("Hello.");
        answer("I do not know.");

        type("I am Ada", "/clear", "Who am I?", "/exit");

        request();
        assertThat(request().getBody().string(StandardCharsets.UTF_8))
                .contains("Who am I?")
                .doesNotContain("Ada");
    }

    @Test
    void aFailedAnswerIsSaidAndTheQuestionForgotten() throws Exception {
        server.enqueue(
                new MockResponse.Builder()
                        .code(503)
                        .body("{\"error\":{\"message\":\"The model is not there.\"}}")
                        .build());
        answer("Here I am.");

        type("Lost question", "Second question");

        assertThat(shown.toString(StandardCharsets.UTF_8))
                .contains("The model is not there.", "Here I am.");
        request();
        assertThat(request().getBody().string(StandardCharsets.UTF_8))
                .contains("Second question")
                .doesNotContain("Lost question");
    }

    private RecordedRequest request() throws InterruptedException {
        RecordedRequest request = server.takeRequest(10, TimeUnit.SECONDS);
        assertThat(request).isNotNull();
        return request;
    }

    private void answer(String text) {
        String event = "data: {\"choices\":[{\"delta\":{\"content\":\"" + text + "\"}}]}\n\n";
        server.enqueue(new MockResponse.Builder().body(event + "data: [DONE]\n\n").build());
    }

    /** Types these lines, then leaves with Ctrl-D. */
    private void type(String... lines) throws IOException {
        byte[] typed = (String.join("\n", lines) + "\n\u0004").getBytes(StandardCharsets.UTF_8);
        try (Terminal terminal =
                new DumbTerminal(
                        "test",
                        Terminal.TYPE_DUMB,
                        new ByteArrayInputStream(typed),
                        shown,
                        StandardCharsets.UTF_8)) {
            ChatClient client =
                    new ChatClient(
                            new OkHttpClient(),
                            "http://127.0.0.1:" + server.getPort(),
                            Optional.empty());
            new Dialogue(client, new Conversation("a/model", "", Json.object()), terminal).hold();
        }
    }
}
