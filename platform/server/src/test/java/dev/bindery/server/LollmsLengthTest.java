package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.Capability;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What {@code lollms_client} asks of a model beside OpenAI's API. */
class LollmsLengthTest {
    private Served served;

    @BeforeEach
    void start() throws Exception {
        served = new Served();
    }

    @AfterEach
    void stop() {
        served.close();
    }

    private RawHttp.Answer ask(String what, String body) throws Exception {
        return served.post("/lollms/v1/" + what, body);
    }

    @Test
    void aTextIsCountedAndComesBack() throws Exception {
        JsonNode tokens = json(ask("tokenize", "{\"model\":\"echo/echo\",\"text\":\"one two\"}"));
        assertThat(tokens.get("tokens").size())
                .isPositive()
                .isEqualTo(tokens.get("count").intValue());
        String back = "{\"model\":\"echo::echo\",\"tokens\":%s}".formatted(tokens.get("tokens"));
        assertThat(json(ask("detokenize", back)).get("text").stringValue()).isEqualTo("one two");
    }

    @Test
    void theContextIsToldWhereItIsKnown() throws Exception {
        served.router.serve(
                "local",
                ModelInfo.builder("long").contextLength(8192).build(),
                (_, _) -> GenerationResult.of("ok"),
                Capability.CHAT);
        assertThat(json(ask("context_size", "{\"model\":\"local/long\"}")).toString())
                .isEqualTo("{\"context_size\":8192}");
        RawHttp.Answer unknown = ask("context_size", "{\"model\":\"echo/echo\"}");
        assertThat(unknown.status()).isEqualTo(404);
        assertThat(unknown.body()).contains("echo/echo does not say how long its context is");
        assertThat(ask("context_size", "{\"model\":\"no/one\"}").status()).isEqualTo(404);
    }

    @Test
    void whatIsWrongIsToldInTheFormOfTheApi() throws Exception {
        RawHttp.Answer answer = ask("tokenize", "{\"model\":\"echo/echo\"}");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(json(answer).get("status").booleanValue()).isFalse();
        assertThat(answer.body()).contains("text is required");
    }
}
