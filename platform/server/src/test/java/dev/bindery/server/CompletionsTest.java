package dev.bindery.server;

import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Prompt;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class CompletionsTest {
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    @BeforeEach
    void forget() {
        served.router.asked.clear();
        served.router.embedded.clear();
    }

    private static RawHttp.Answer complete(String fields) throws Exception {
        return served.post("/v1/completions", "{\"model\":\"echo/echo\"," + fields + "}");
    }

    private static RawHttp.Answer embed(String fields) throws Exception {
        return served.post("/v1/embeddings", "{\"model\":\"echo/echo\"," + fields + "}");
    }

    @Test
    void aPromptIsCompleted() throws Exception {
        JsonNode answer = json(complete("\"prompt\":\"one two\",\"max_tokens\":1"));
        assertThat(answer.get("id").stringValue()).startsWith("cmpl-");
        assertThat(answer.get("object").stringValue()).isEqualTo("text_completion");
        assertThat(answer.at("/choices/0").toString())
                .isEqualTo(
                        "{\"text\":\"one \",\"index\":0,\"logprobs\":null,"
                                + "\"finish_reason\":\"length\"}");
    }

    @Test
    void everyPromptGetsAllItsAnswersUnderRunningIndices() throws Exception {
        JsonNode answer = json(complete("\"prompt\":[\"a\",\"b c\"],\"n\":2"));
        assertThat(answer.get("choices").findValuesAsString("text"))
                .containsExactly("a", "a", "b c", "b c");
        assertThat(answer.at("/choices/3/index").intValue()).isEqualTo(3);
        assertThat(answer.at("/usage/completion_tokens").intValue()).isEqualTo(6);
    }

    @Test
    void severalPromptsShareOneStream() throws Exception {
        String body =
                complete(
                                "\"prompt\":[\"a\",\"b\"],\"stream\":true,"
                                        + "\"stream_options\":{\"include_usage\":true}")
                        .body();
        assertThat(body)
                .contains("{\"index\":0,\"text\":\"a\",\"logprobs\":null,\"finish_reason\":null}")
                .contains("{\"index\":1,\"text\":\"b\",\"logprobs\":null,\"finish_reason\":null}")
                .contains("\"prompt_tokens\":2,\"completion_tokens\":2,\"total_tokens\":4")
                .endsWith("data: [DONE]\n\n");
    }

    @Test
    void tokensMayStandForText() throws Exception {
        complete("\"prompt\":[1,2,3]");
        assertThat(served.router.asked.take().prompt().orElseThrow().tokens().orElseThrow())
                .containsExactly(1, 2, 3);
        assertThat(json(complete("\"prompt\":[[1],[2,3]]")).get("choices")).hasSize(2);
    }

    @Test
    void suffixAndEchoArriveAndAnObjectNamedEchoIsTheBindings() throws Exception {
        complete("\"prompt\":\"a\",\"suffix\":\"z\",\"echo\":true,\"logprobs\":2");
        GenerationRequest request = served.router.asked.take();
        Prompt prompt = request.prompt().orElseThrow();
        assertThat(prompt.suffix()).hasValue("z");
        assertThat(prompt.echo()).isTrue();
        assertThat(request.logprobs()).hasValue(2);
        complete("\"prompt\":\"a\",\"echo\":{\"delay_ms\":0}");
        assertThat(served.router.asked.take().parameters().toString())
                .isEqualTo("{\"openai\":{\"echo\":{\"delay_ms\":0}}}");
    }

    @Test
    void whatIsNoPromptIsRefused() throws Exception {
        assertThat(complete("\"prompt\":{}").body()).contains("prompt: expected a string, a list");
        assertThat(complete("\"prompt\":[]").body()).contains("the list is empty");
        assertThat(complete("\"n\":1").body()).contains("prompt is required");
        assertThat(complete("\"prompt\":[\"a\",\"b\"],\"n\":100").body())
                .contains("more than 128 answers");
    }

    @Test
    void vectorsComeInTheOrderOfTheirTexts() throws Exception {
        RawHttp.Answer answer = embed("\"input\":[\"a\",\"bcd\"],\"dimensions\":2");
        assertThat(answer.body())
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"embedding\":"
                                + "[1.0,0.5],\"index\":0},{\"object\":\"embedding\",\"embedding\":"
                                + "[3.0,0.5],\"index\":1}],\"model\":\"echo/echo\",\"usage\":"
                                + "{\"prompt_tokens\":7,\"total_tokens\":7}}");
        EmbeddingRequest request = served.router.embedded.take();
        assertThat(request.dimensions()).hasValue(2);
    }

    @Test
    void vectorsComeAsLittleEndianBytesWhenAskedFor() throws Exception {
        assertThat(embed("\"input\":\"a\",\"encoding_format\":\"base64\",\"dimensions\":1").body())
                .contains("\"embedding\":\"AACAPw==\"");
        assertThat(embed("\"input\":\"a\",\"encoding_format\":\"hex\"").body())
                .contains("encoding_format: expected float or base64");
    }

    @Test
    void textsToEmbedMayBeTokens() throws Exception {
        assertThat(json(embed("\"input\":[[1,2],[3]]")).get("data")).hasSize(2);
        assertThat(served.router.embedded.take().inputs().getFirst().tokens().orElseThrow())
                .containsExactly(1, 2);
    }

    @Test
    void modelsAreListedAndFoundHoweverTheirSlashIsWritten() throws Exception {
        assertThat(served.get("/v1/models").body())
                .isEqualTo(
                        "{\"object\":\"list\",\"data\":[{\"id\":\"echo/echo\",\"object\":\"model\","
                                + "\"created\":1700000000,\"owned_by\":\"tests\"}]}");
        for (String id : new String[] {"echo/echo", "echo%2Fecho", "echo%2fecho"}) {
            RawHttp.Answer answer = served.get("/v1/models/" + id);
            assertThat(json(answer).get("id").stringValue()).isEqualTo("echo/echo");
        }
        assertThat(served.get("/v1/models/no/such").status()).isEqualTo(404);
        assertThat(served.get("/v1/models/%zz").status()).isEqualTo(400);
    }
}
