package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.BadRequestException;
import com.openai.errors.NotFoundException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.completions.CompletionUsage;
import com.openai.models.embeddings.EmbeddingCreateParams;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** OpenAI's own client in front of the echo and of a real model. */
class RealClientsIT {
    private static final String ECHO = "echo/echo";
    private static final String FRANCE = "What is the capital of France?";

    @TempDir static Path folder;
    private static LiveHost host;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        Path home = folder.resolve("home");
        TestModel.into(home);
        host = LiveHost.start(home);
        client = OpenAIOkHttpClient.builder().baseUrl(host.v1()).apiKey("any").build();
    }

    @AfterAll
    static void stop() {
        client.close();
        host.close();
    }

    private static ChatCompletionCreateParams.Builder chat(String model, String text) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .addUserMessage(text)
                .temperature(0)
                .maxCompletionTokens(24);
    }

    private static ChatCompletion whole(ChatCompletionCreateParams.Builder question) {
        return client.chat().completions().create(question.build());
    }

    /** The answer joined from its chunks, and how many of them had text. */
    private record Streamed(ChatCompletion answer, long pieces) {}

    private static Streamed streamed(ChatCompletionCreateParams.Builder question) {
        question.streamOptions(ChatCompletionStreamOptions.builder().includeUsage(true).build());
        ChatCompletionAccumulator answer = ChatCompletionAccumulator.create();
        List<ChatCompletionChunk> chunks = new ArrayList<>();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(question.build())) {
            stream.stream().peek(chunks::add).forEach(answer::accumulate);
        }
        long pieces =
                chunks.stream()
                        .flatMap(chunk -> chunk.choices().stream())
                        .filter(choice -> !choice.delta().content().orElse("").isEmpty())
                        .count();
        return new Streamed(answer.chatCompletion(), pieces);
    }

    private static String text(Streamed streamed) {
        return text(streamed.answer());
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElse("");
    }

    @Test
    void theEchoAnswersToTheByteWholeAndPieceByPiece() {
        String said = "  Grüße,\n\tdrei  Wörter 😀 ";

        assertThat(text(whole(chat(ECHO, said)))).isEqualTo(said);
        Streamed streamed = streamed(chat(ECHO, said));
        assertThat(text(streamed)).isEqualTo(said);
        assertThat(streamed.pieces()).isEqualTo(4);
    }

    @Test
    void theModelAnswersWholeAndTokenByToken() {
        assertThat(text(whole(chat(TestModel.ID, FRANCE)))).contains("Paris");
        Streamed streamed = streamed(chat(TestModel.ID, FRANCE));
        assertThat(text(streamed)).contains("Paris");
        assertThat(streamed.pieces()).isGreaterThan(3);
    }

    @Test
    void tokensAreCountedTheSameWholeAndStreamed() {
        assertThat(usage(whole(chat(ECHO, "one two three")))).containsExactly(3L, 3L);
        assertThat(usage(streamed(chat(ECHO, "one two three")).answer())).containsExactly(3L, 3L);

        ChatCompletion cut = whole(chat(TestModel.ID, FRANCE).maxCompletionTokens(3));
        assertThat(cut.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.LENGTH);
        List<Long> counted = usage(cut);
        assertThat(counted.getFirst()).isGreaterThan(7);
        assertThat(counted.getLast()).isEqualTo(3);
        assertThat(usage(streamed(chat(TestModel.ID, FRANCE).maxCompletionTokens(3)).answer()))
                .isEqualTo(counted);
    }

    private static List<Long> usage(ChatCompletion answer) {
        CompletionUsage usage = answer.usage().orElseThrow();
        assertThat(usage.totalTokens()).isEqualTo(usage.promptTokens() + usage.completionTokens());
        return List.of(usage.promptTokens(), usage.completionTokens());
    }

    /** A question on its way, and what its answer must say. */
    private record Asked(Future<String> answer, String expected) {}

    @Test
    void manyAtOnceGetTheAnswersToTheirOwnQuestions() throws Exception {
        List<Asked> echoes = new ArrayList<>();
        List<Asked> answers = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                String said = "number " + i + " says " + "so ".repeat(i);
                echoes.add(new Asked(threads.submit(() -> text(streamed(chat(ECHO, said)))), said));
            }
            Map.of("France", "Paris", "Italy", "Rome")
                    .forEach((country, capital) -> {
                        String asked = "What is the capital of " + country + "?";
                        answers.add(
                                new Asked(
                                        threads.submit(
                                                () -> text(streamed(chat(TestModel.ID, asked)))),
                                        capital));
                        answers.add(
                                new Asked(
                                        threads.submit(
                                                () -> text(whole(chat(TestModel.ID, asked)))),
                                        capital));
                    });
        }
        for (Asked echo : echoes) {
            assertThat(echo.answer().get()).isEqualTo(echo.expected());
        }
        for (Asked answer : answers) {
            assertThat(answer.answer().get()).contains(answer.expected());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {ECHO, TestModel.ID})
    void textsBecomeVectorsOfLengthOne(String model) {
        EmbeddingCreateParams texts =
                EmbeddingCreateParams.builder()
                        .model(model)
                        .inputOfArrayOfStrings(List.of("a cat", "a stone", "a cat"))
                        .build();

        var answer = client.embeddings().create(texts);

        List<List<Float>> vectors = answer.data().stream().map(each -> each.embedding()).toList();
        assertThat(vectors).hasSize(3).allSatisfy(RealClientsIT::assertUnit);
        assertThat(vectors.get(2)).isEqualTo(vectors.get(0)).isNotEqualTo(vectors.get(1));
        assertThat(answer.usage().promptTokens()).isGreaterThanOrEqualTo(6);
    }

    private static void assertUnit(List<Float> vector) {
        double square = vector.stream().mapToDouble(value -> value * value).sum();
        assertThat(square).isCloseTo(1, within(0.001));
        assertThat(vector).hasSizeGreaterThanOrEqualTo(384);
    }

    @Test
    void aPromptBeyondTheContextIsRefusedAndTheModelServesOn() {
        String tooLong = "word ".repeat(6_000);

        for (boolean streaming : new boolean[] {false, true}) {
            assertThatThrownBy(
                            () -> {
                                if (streaming) {
                                    streamed(chat(TestModel.ID, tooLong));
                                } else {
                                    whole(chat(TestModel.ID, tooLong));
                                }
                            })
                    .isInstanceOfSatisfying(
                            BadRequestException.class,
                            refusal ->
                                    assertThat(refusal.code()).hasValue("context_length_exceeded"))
                    .hasMessageContaining("4096");
        }
        assertThat(text(whole(chat(TestModel.ID, FRANCE)))).contains("Paris");
    }

    @ParameterizedTest
    @ValueSource(strings = {ECHO, TestModel.ID})
    void toolsAreRefusedBeforeAnythingIsSaid(String model) {
        FunctionDefinition tool = FunctionDefinition.builder().name("look_up").build();

        assertThatThrownBy(() -> streamed(chat(model, "x").addFunctionTool(tool)))
                .isInstanceOfSatisfying(
                        BadRequestException.class,
                        refusal -> {
                            assertThat(refusal.code()).hasValue("unsupported");
                            assertThat(refusal.headers().values("x-should-retry"))
                                    .containsExactly("false");
                        })
                .hasMessageContaining("tools");
    }

    @Test
    void anUnknownModelIsA404NamingWhatThereIs() {
        for (String unknown : List.of("nobody/here", "llamacpp/nothing")) {
            assertThatThrownBy(() -> whole(chat(unknown, "x")))
                    .isInstanceOfSatisfying(
                            NotFoundException.class,
                            refusal -> assertThat(refusal.code()).hasValue("model_not_found"))
                    .hasMessageContaining(TestModel.ID)
                    .hasMessageContaining(unknown);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\":",
                "[]",
                "{\"model\":\"echo/echo\"}",
                "{\"model\":\"echo/echo\",\"messages\":\"hello\"}",
                "{\"model\":\"echo/echo\",\"messages\":[{\"role\":\"user\",\"content\":\"x\"}],\"temperature\":\"hot\"}"
            })
    void aWrongBodyGetsOpenAisErrorBody(String body) throws Exception {
        HttpResponse<String> answer = host.post("/v1/chat/completions", body);

        assertThat(answer.statusCode()).isEqualTo(400);
        JsonNode error = LiveHost.json(answer.body()).get("error");
        assertThat(error.get("type").stringValue()).isEqualTo("invalid_request_error");
        assertThat(error.get("message").stringValue()).isNotBlank();
        assertThat(error.propertyNames()).contains("param", "code");
    }
}
