package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChatCommandTest {
    private static final String COMPLETIONS = "POST /v1/chat/completions";
    private static final String ANSWER =
            """
            data: {"choices":[{"delta":{"role":"assistant","content":""}}]}

            : keep-alive

            data: {"choices":[{"delta":{"content":"Rayleigh "}}]}

            data: {"choices":[{"delta":{"content":"scattering: ☀"}}]}

            data: {"choices":[{"delta":{},"finish_reason":"stop"}]}

            data: [DONE]

            """;

    @TempDir Path home;
    private FakeHost host;
    private Run.Place place;

    @BeforeEach
    void start() throws IOException {
        host = new FakeHost().answers(COMPLETIONS, ANSWER);
        place = new Run.Place().with("BINDERY_HOME", home).with("BINDERY_URL", host.url());
    }

    @AfterEach
    void stop() {
        host.close();
    }

    @Test
    void allOfAPipeIsOneQuestion() {
        Run chat =
                place.typing("Why is\nthe sky blue?\n")
                        .run("chat", "a/model", "--system", "Be brief", "--max-tokens", "9");

        assertThat(chat.exit()).isZero();
        assertThat(chat.out()).isEqualTo("Rayleigh scattering: ☀\n");
        assertThat(host.bodyOf(0))
                .isEqualTo(
                        "{\"model\":\"a/model\",\"stream\":true,\"max_tokens\":9,\"messages\":["
                                + "{\"role\":\"system\",\"content\":\"Be brief\"},"
                                + "{\"role\":\"user\",\"content\":\"Why is\\nthe sky blue?\"}]}");
    }

    @Test
    void theFirstLocalModelThatCanChatIsTakenWhereNoneIsNamed() {
        host.answers(
                "GET /admin/v1/models",
                """
                {"models":[
                  {"id":"echo/echo","instance":"echo","installed":true,"capabilities":["chat"]},
                  {"id":"mine/vectors","instance":"mine","installed":true,"capabilities":["embeddings"]},
                  {"id":"mine/big","instance":"mine","installed":false,"capabilities":["chat"]},
                  {"id":"mine/small","instance":"mine","installed":true,"capabilities":["chat"]}]}
                """);
        host.answers(
                "GET /admin/v1/instances",
                """
                {"instances":[{"name":"echo","binding":"echo"},{"name":"mine","binding":"llamacpp"}]}
                """);

        place.typing("Hello").run("chat");

        assertThat(host.bodyOf(2)).contains("\"model\":\"mine/small\"");
    }

    @Test
    void withNoModelToTalkToItSaysHowToGetOne() {
        host.answers("GET /admin/v1/models", "{\"models\":[]}");

        Run chat = place.typing("Hello").run("chat");

        assertThat(chat.exit()).isEqualTo(1);
        assertThat(chat.err()).contains("bindery models").contains("bindery pull");
    }

    @Test
    void anErrorInMidStreamIsAFailureAfterWhatCame() {
        host.answers(
                COMPLETIONS,
                """
                data: {"choices":[{"delta":{"content":"Half"}}]}

                data: {"error":{"message":"The model crashed."}}

                data: [DONE]

                """);

        Run chat = place.typing("Hello").run("chat", "a/model");

        assertThat(chat.exit()).isEqualTo(1);
        assertThat(chat.out()).startsWith("Half");
        assertThat(chat.err()).isEqualTo("bindery: The model crashed.\n");
    }

    @Test
    void anUnknownModelIsTheHostsSentence() {
        host.refuses(COMPLETIONS, 404, "model_not_found", "There is no model x; try echo/echo.");

        Run chat = place.typing("Hello").run("chat", "x");

        assertThat(chat.exit()).isEqualTo(1);
        assertThat(chat.err()).isEqualTo("bindery: There is no model x; try echo/echo.\n");
    }

    @Test
    void aHostThatAsksForKeysSaysWhereTheCommandTakesThemFrom() {
        host.refuses(
                COMPLETIONS, 401, "invalid_api_key", "Send one as 'Authorization: Bearer KEY'.");

        Run none = place.typing("Hello").run("chat", "a/model");
        Run wrong = place.with("BINDERY_API_KEY", "x").typing("Hello").run("chat", "a/model");

        assertThat(none.err()).contains("put one into BINDERY_API_KEY", "bindery keys add NAME");
        assertThat(wrong.err()).contains("does not know the API key in BINDERY_API_KEY");
    }

    @Test
    void aKeyThatNoHeaderCarriesIsRefusedUnseen() {
        Run chat =
                place.with("BINDERY_API_KEY", "töpf\nern").typing("Hello").run("chat", "a/model");

        assertThat(chat.exit()).isEqualTo(1);
        assertThat(chat.err())
                .startsWith("bindery: What is in BINDERY_API_KEY cannot be sent")
                .doesNotContain("töpf")
                .doesNotContain("fault of Bindery");
    }

    @Test
    void aPipeThatIsNoQuestionAnyMoreIsNotReadToItsEnd() {
        Run chat = place.typing("x".repeat(9 << 20)).run("chat", "a/model");

        assertThat(chat.exit()).isEqualTo(1);
        assertThat(chat.err()).contains("longer than 8 MB");
    }

    @Test
    void anEmptyPipeIsNoQuestion() {
        Run chat = place.typing(" \n").run("chat", "a/model");

        assertThat(chat.exit()).isEqualTo(1);
        assertThat(chat.err()).contains("no question on standard input");
        assertThat(host.asked()).isEmpty();
    }
}
