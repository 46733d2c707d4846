package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.errors.NotFoundException;
import com.openai.errors.RateLimitException;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.completions.CompletionCreateParams;
import com.openai.models.embeddings.EmbeddingCreateParams;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.Operation;
import dev.bindery.api.ToolCallDelta;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** OpenAI's own client, as its users have it. */
class OpenAiClientTest {
    private static Served served;
    private static OpenAIClient client;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        client =
                OpenAIOkHttpClient.builder()
                        .baseUrl(served.url() + "/v1")
                        .apiKey("any")
                        .maxRetries(1)
                        .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        served.close();
    }

    private static ChatCompletionCreateParams.Builder chat(String model, String text) {
        return ChatCompletionCreateParams.builder().model(model).addUserMessage(text);
    }

    private static ChatCompletion streamed(ChatCompletionCreateParams params) {
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    @Test
    void itGetsWholeAnswers() {
        ChatCompletion answer =
                client.chat().completions().create(chat(ECHO, "hello there").build());
        assertThat(answer.choices().getFirst().message().content()).hasValue("hello there");
        assertThat(answer.usage().orElseThrow().totalTokens()).isEqualTo(4);
    }

    @Test
    void itGetsStreamedAnswers() {
        ChatCompletion answer = streamed(chat(ECHO, "hello 😀 there").build());
        assertThat(answer.choices().getFirst().message().content()).hasValue("hello 😀 there");
        assertThat(answer.choices().getFirst().finishReason())
                .isEqualTo(ChatCompletion.Choice.FinishReason.STOP);
    }

    @Test
    void itJoinsToolCalls() {
        served.router.serve(
                "fake/tools",
                List.of(
                        Operation.toolCall(ToolCallDelta.of(0, "c1", "f", "{\"a\"")),
                        Operation.toolCall(ToolCallDelta.of(0, null, null, ":1}"))),
                FinishReason.TOOL_CALLS);
        var params = chat("fake/tools", "x").build();
        for (ChatCompletion answer :
                List.of(streamed(params), client.chat().completions().create(params))) {
            var call = answer.choices().getFirst().message().toolCalls().orElseThrow().getFirst();
            assertThat(call.asFunction().id()).isEqualTo("c1");
            assertThat(call.asFunction().function().arguments()).isEqualTo("{\"a\":1}");
        }
    }

    @Test
    void itTellsFailuresApartAndRepeatsOnlyWhatMayBe() {
        assertThatThrownBy(() -> client.chat().completions().create(chat("no", "x").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("there is no model no");
        AtomicInteger tries = new AtomicInteger();
        served.router.serve(
                "fake/limited",
                (_, _) -> {
                    tries.incrementAndGet();
                    throw BindingException.builder(ErrorCode.RATE_LIMITED, "slow down")
                            .retryAfter(java.time.Duration.ofMillis(10))
                            .build();
                });
        assertThatThrownBy(
                        () -> client.chat().completions().create(chat("fake/limited", "x").build()))
                .isInstanceOf(RateLimitException.class);
        assertThat(tries).hasValue(2);
        served.router.serve(
                "fake/broken",
                (_, _) -> {
                    tries.incrementAndGet();
                    throw new BindingException(ErrorCode.INTERNAL, "broken");
                });
        assertThatThrownBy(
                        () -> client.chat().completions().create(chat("fake/broken", "x").build()))
                .hasMessageContaining("broken");
        assertThat(tries).hasValue(3);
    }

    @Test
    void aFailureInTheMiddleOfAStreamReachesIt() {
        served.router.serve(
                "fake/breaks",
                (_, sink) -> {
                    sink.on(Operation.chunk("half"));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "upstream broke");
                });
        assertThatThrownBy(() -> streamed(chat("fake/breaks", "x").build()))
                .hasMessageContaining("upstream broke");
    }

    @Test
    void closingAStreamInTheMiddleCancelsTheCall() throws Exception {
        CountDownLatch cancelled = new CountDownLatch(1);
        served.router.serve(
                "fake/endless",
                (request, sink) -> {
                    sink.on(Operation.chunk("first"));
                    sink.pause();
                    request.cancellation().onCancel(cancelled::countDown);
                    assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
                    throw BindingException.cancelled();
                });
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(chat("fake/endless", "x").build())) {
            assertThat(stream.stream().skip(1).findFirst().orElseThrow().choices())
                    .first()
                    .satisfies(choice -> assertThat(choice.delta().content()).hasValue("first"));
        }
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void itCompletesSeveralPromptsAtOnce() {
        var answer =
                client.completions()
                        .create(
                                CompletionCreateParams.builder()
                                        .model(ECHO)
                                        .promptOfArrayOfStrings(List.of("one", "two"))
                                        .build());
        assertThat(answer.choices())
                .extracting(choice -> choice.text())
                .containsExactly("one", "two");
    }

    @Test
    void itReadsVectorsAsItAsksForThem() {
        var answer =
                client.embeddings()
                        .create(
                                EmbeddingCreateParams.builder()
                                        .model(ECHO)
                                        .inputOfArrayOfStrings(List.of("a", "bcd"))
                                        .build());
        assertThat(answer.data().get(1).embedding()).containsExactly(3f, 0.5f, 0.5f);
        assertThat(answer.usage().promptTokens()).isEqualTo(7);
    }

    @Test
    void itListsAndFindsModelsWithASlashInTheirName() {
        assertThat(client.models().list().data()).extracting(model -> model.id()).contains(ECHO);
        assertThat(client.models().retrieve(ECHO).id()).isEqualTo(ECHO);
    }
}
