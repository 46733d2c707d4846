package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.errors.AnthropicServiceException;
import com.anthropic.errors.NotFoundException;
import com.anthropic.errors.RateLimitException;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCountTokensParams;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.ToolResultPart;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Anthropic's own client, as its users have it. */
class AnthropicClientTest {
    private static Served served;
    private static AnthropicClient client;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        client =
                AnthropicOkHttpClient.builder()
                        .baseUrl(served.url())
                        .apiKey("any")
                        .maxRetries(1)
                        .build();
    }

    @AfterAll
    static void stop() {
        client.close();
        served.close();
    }

    private static MessageCreateParams.Builder ask(String model, String text) {
        return MessageCreateParams.builder().model(model).maxTokens(100).addUserMessage(text);
    }

    private static Message whole(MessageCreateParams params) {
        return client.messages().create(params).validate();
    }

    private static Message streamed(MessageCreateParams params) {
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message().validate();
    }

    private static List<Message> both(MessageCreateParams params) {
        return List.of(whole(params), streamed(params));
    }

    @Test
    void itGetsWholeAndStreamedAnswers() {
        for (Message answer : both(ask(ECHO, "hello 😀 there").build())) {
            assertThat(answer.content().getFirst().asText().text()).isEqualTo("hello 😀 there");
            assertThat(answer.stopReason()).hasValue(StopReason.END_TURN);
            assertThat(answer.usage().inputTokens()).isEqualTo(3);
            assertThat(answer.usage().outputTokens()).isEqualTo(3);
        }
    }

    @Test
    void itJoinsThoughtsAndParallelCallsAndSendsThemBack() throws Exception {
        JsonObject data = JsonObject.of("somebody", JsonObject.of("k", "v"));
        served.router.serve(
                "fake/agent",
                List.of(
                        Operation.reasoning("hm"),
                        Operation.reasoning(ReasoningPart.of("", "c2ln", false)),
                        Operation.reasoning(
                                ReasoningPart.of("", null, true).withProviderData(data)),
                        Operation.chunk("let me see"),
                        Operation.toolCall(ToolCallDelta.of(0, "c0", "weather", "{\"city\"")),
                        Operation.toolCall(ToolCallDelta.of(0, null, null, ":\"Rome\"}")),
                        Operation.toolCall(ToolCallDelta.of(1, "c1", "time", "{}"))),
                FinishReason.TOOL_CALLS,
                Capability.CHAT);
        MessageCreateParams params =
                ask("fake/agent", "x")
                        .addTool(
                                Tool.builder()
                                        .name("weather")
                                        .inputSchema(Tool.InputSchema.builder().build())
                                        .build())
                        .build();
        for (Message answer : both(params)) {
            assertThat(answer.stopReason()).hasValue(StopReason.TOOL_USE);
            List<ContentBlock> content = answer.content();
            assertThat(content).hasSize(5);
            assertThat(content.getFirst().asThinking().signature()).isEqualTo("c2ln");
            assertThat(content.get(2).asText().text()).isEqualTo("let me see");
            assertThat(content.get(3).asToolUse()._input())
                    .isEqualTo(JsonValue.from(Map.of("city", "Rome")));
            assertThat(content.get(4).asToolUse().name()).isEqualTo("time");
            served.router.asked.clear();
            whole(
                    params.toBuilder()
                            .addMessage(answer)
                            .addUserMessageOfContentBlockParams(
                                    List.of(result("c0", "sunny"), result("c1", "noon")))
                            .build());
            checkSecondTurn(served.router.asked.take(), data);
        }
    }

    private static ContentBlockParam result(String id, String text) {
        return ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder().toolUseId(id).content(text).build());
    }

    private static void checkSecondTurn(GenerationRequest request, JsonObject data) {
        List<dev.bindery.api.Message> messages = request.chat().orElseThrow().messages();
        assertThat(messages)
                .extracting(dev.bindery.api.Message::role)
                .containsExactly(Role.USER, Role.ASSISTANT, Role.TOOL);
        List<ReasoningPart> thoughts = messages.get(1).parts(ReasoningPart.class);
        assertThat(thoughts.getFirst().text()).isEqualTo("hm");
        assertThat(thoughts.getFirst().signature()).hasValue("c2ln");
        assertThat(thoughts.getLast().redacted()).isTrue();
        assertThat(thoughts.getLast().providerData()).isEqualTo(data);
        assertThat(messages.get(1).parts(ToolCallPart.class).getFirst().arguments())
                .isEqualTo("{\"city\":\"Rome\"}");
        assertThat(messages.get(2).parts(ToolResultPart.class))
                .extracting(ToolResultPart::text)
                .containsExactly("sunny", "noon");
    }

    @Test
    void itTellsFailuresApartAndRepeatsOnlyWhatMayBe() {
        assertThatThrownBy(() -> whole(ask("no", "x").build()))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("there is no model no");
        assertThat(tries(ErrorCode.RATE_LIMITED, RateLimitException.class, 429)).isEqualTo(2);
        assertThat(tries(ErrorCode.OVERLOADED, AnthropicServiceException.class, 529)).isEqualTo(2);
        assertThat(tries(ErrorCode.INTERNAL, AnthropicServiceException.class, 500)).isEqualTo(1);
    }

    private static int tries(ErrorCode code, Class<? extends Exception> kind, int status) {
        AtomicInteger tries = new AtomicInteger();
        served.router.serve(
                "fake/fails",
                (_, _) -> {
                    tries.incrementAndGet();
                    throw BindingException.builder(code, "not now")
                            .retryAfter(Duration.ofMillis(10))
                            .build();
                });
        assertThatThrownBy(() -> whole(ask("fake/fails", "x").build()))
                .isInstanceOf(kind)
                .hasMessageContaining("not now")
                .extracting(e -> ((AnthropicServiceException) e).statusCode())
                .isEqualTo(status);
        return tries.get();
    }

    @Test
    void aFailureInTheMiddleOfAStreamReachesIt() {
        served.router.serve(
                "fake/breaks",
                (_, sink) -> {
                    sink.on(Operation.chunk("half"));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "upstream broke");
                });
        assertThatThrownBy(() -> streamed(ask("fake/breaks", "x").build()))
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
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(ask("fake/endless", "x").build())) {
            assertThat(
                            stream.stream()
                                    .filter(RawMessageStreamEvent::isContentBlockDelta)
                                    .findFirst()
                                    .orElseThrow()
                                    .asContentBlockDelta()
                                    .delta()
                                    .asText()
                                    .text())
                    .isEqualTo("first");
        }
        assertThat(cancelled.await(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void itCountsTokens() {
        assertThat(
                        client.messages()
                                .countTokens(
                                        MessageCountTokensParams.builder()
                                                .model(ECHO)
                                                .addUserMessage("four")
                                                .build())
                                .inputTokens())
                .isEqualTo(4);
    }

    @Test
    void itListsAndFindsModelsWithASlashInTheirName() {
        assertThat(client.models().list().autoPager().stream())
                .anySatisfy(model -> assertThat(model.id()).isEqualTo(ECHO));
        assertThat(client.models().retrieve(ECHO).validate().displayName()).isEqualTo(ECHO);
    }
}
