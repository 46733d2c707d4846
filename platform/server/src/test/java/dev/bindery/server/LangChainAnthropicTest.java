package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static dev.bindery.server.Served.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.Operation;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolResultPart;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LangChain4j's module for Anthropic. */
class LangChainAnthropicTest {
    private static final ToolSpecification WEATHER =
            ToolSpecification.builder().name("weather").description("the weather").build();
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
        served.router.serve(
                "fake/tools",
                List.of(
                        Operation.toolCall(ToolCallDelta.of(0, "c0", "weather", "{\"in\":")),
                        Operation.toolCall(ToolCallDelta.of(0, null, null, "\"Rome\"}"))),
                FinishReason.TOOL_CALLS);
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static AnthropicChatModel model(String name) {
        return AnthropicChatModel.builder()
                .baseUrl(served.url() + "/v1/")
                .apiKey("any")
                .modelName(name)
                .maxRetries(0)
                .build();
    }

    private static CompletableFuture<ChatResponse> stream(String model, ChatRequest request) {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        AnthropicStreamingChatModel.builder()
                .baseUrl(served.url() + "/v1/")
                .apiKey("any")
                .modelName(model)
                .build()
                .chat(
                        request,
                        new StreamingChatResponseHandler() {
                            @Override
                            public void onPartialResponse(String piece) {}

                            @Override
                            public void onCompleteResponse(ChatResponse response) {
                                whole.complete(response);
                            }

                            @Override
                            public void onError(Throwable error) {
                                whole.completeExceptionally(error);
                            }
                        });
        return whole;
    }

    private static ChatRequest request(String text) {
        return ChatRequest.builder()
                .messages(UserMessage.from(text))
                .toolSpecifications(WEATHER)
                .build();
    }

    @Test
    void itChatsWholeAndStreamed() throws Exception {
        assertThat(model(ECHO).chat("hello there")).isEqualTo("hello there");
        ChatResponse streamed = stream(ECHO, request("hello there")).get(10, TimeUnit.SECONDS);
        assertThat(streamed.aiMessage().text()).isEqualTo("hello there");
        assertThat(streamed.tokenUsage().totalTokenCount()).isEqualTo(4);
    }

    @Test
    void itCallsToolsAndSendsTheirResults() throws Exception {
        for (ChatResponse response :
                List.of(
                        model("fake/tools").chat(request("x")),
                        stream("fake/tools", request("x")).get(10, TimeUnit.SECONDS))) {
            AiMessage answer = response.aiMessage();
            assertThat(answer.toolExecutionRequests()).hasSize(1);
            var call = answer.toolExecutionRequests().getFirst();
            assertThat(call.id()).isEqualTo("c0");
            assertThat(json(call.arguments()).get("in").stringValue()).isEqualTo("Rome");
            served.router.asked.clear();
            model("fake/tools")
                    .chat(
                            ChatRequest.builder()
                                    .messages(
                                            UserMessage.from("x"),
                                            answer,
                                            ToolExecutionResultMessage.from(call, "sunny"))
                                    .build());
            var messages = served.router.asked.take().chat().orElseThrow().messages();
            assertThat(messages.getLast().role()).isEqualTo(Role.TOOL);
            ToolResultPart result = messages.getLast().parts(ToolResultPart.class).getFirst();
            assertThat(result.callId()).isEqualTo("c0");
            assertThat(result.text()).isEqualTo("sunny");
        }
    }

    @Test
    void itHearsOfFailures() {
        assertThatThrownBy(() -> model("no").chat("x")).isInstanceOf(ModelNotFoundException.class);
        served.router.serve(
                "fake/breaks",
                (_, sink) -> {
                    sink.on(Operation.chunk("half"));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "upstream broke");
                });
        assertThatThrownBy(() -> stream("fake/breaks", request("x")).get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("upstream broke");
    }
}
