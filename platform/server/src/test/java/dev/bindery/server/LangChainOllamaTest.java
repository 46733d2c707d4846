package dev.bindery.server;

import static dev.bindery.server.FakeRouter.ECHO;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.Operation;
import dev.bindery.api.Role;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolResultPart;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.exception.ModelNotFoundException;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaEmbeddingModel;
import dev.langchain4j.model.ollama.OllamaModels;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** LangChain4j's module for Ollama. */
class LangChainOllamaTest {
    private static Served served;

    @BeforeAll
    static void start() throws Exception {
        served = new Served();
    }

    @AfterAll
    static void stop() {
        served.close();
    }

    private static OllamaChatModel model(String name) {
        return OllamaChatModel.builder().baseUrl(served.url()).modelName(name).build();
    }

    private static CompletableFuture<ChatResponse> stream(String model, String text) {
        CompletableFuture<ChatResponse> whole = new CompletableFuture<>();
        OllamaStreamingChatModel.builder()
                .baseUrl(served.url())
                .modelName(model)
                .build()
                .chat(
                        text,
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

    @Test
    void itChatsWholeAndStreamed() throws Exception {
        assertThat(model(ECHO).chat("hello there")).isEqualTo("hello there");
        ChatResponse response = stream(ECHO, "hello 😀 there").get(20, TimeUnit.SECONDS);
        assertThat(response.aiMessage().text()).isEqualTo("hello 😀 there");
        assertThat(response.tokenUsage().outputTokenCount()).isEqualTo(3);
    }

    @Test
    void itListsAndEmbeds() {
        OllamaModels models = OllamaModels.builder().baseUrl(served.url()).build();
        assertThat(models.availableModels().content())
                .anySatisfy(model -> assertThat(model.getName()).isEqualTo(ECHO + ":latest"));
        assertThat(models.modelCard(ECHO).content().getModelInfo()).isNotNull();
        float[] vector =
                OllamaEmbeddingModel.builder()
                        .baseUrl(served.url())
                        .modelName(ECHO)
                        .build()
                        .embedAll(List.of(TextSegment.from("abcd")))
                        .content()
                        .getFirst()
                        .vector();
        assertThat(vector).hasSize(3);
        assertThat(Math.sqrt(vector[0] * vector[0] + 2 * vector[1] * vector[1]))
                .isBetween(0.999, 1.001);
    }

    @Test
    void itCallsToolsAndSendsTheirResultsBack() {
        served.router.serve(
                "fake/sky",
                (request, sink) -> {
                    Answer answer = new Answer(sink);
                    var result = request.chat().orElseThrow().last(Role.TOOL);
                    if (result.isPresent()) {
                        answer.on(
                                Operation.chunk(
                                        "it is "
                                                + result.get()
                                                        .parts(ToolResultPart.class)
                                                        .getFirst()
                                                        .text()));
                        return answer.result(FinishReason.STOP);
                    }
                    answer.on(Operation.toolCall(ToolCallDelta.of(0, "c1", "sky", "{\"a\":1}")));
                    return answer.result(FinishReason.TOOL_CALLS);
                });
        UserMessage question = UserMessage.from("how is it?");
        ToolSpecification tool = ToolSpecification.builder().name("sky").description("d").build();
        ChatResponse called =
                model("fake/sky")
                        .chat(
                                ChatRequest.builder()
                                        .messages(question)
                                        .toolSpecifications(tool)
                                        .build());
        var call = called.aiMessage().toolExecutionRequests().getFirst();
        assertThat(call.name()).isEqualTo("sky");
        assertThat(call.arguments().replaceAll("\\s", "")).isEqualTo("{\"a\":1}");
        ChatResponse answered =
                model("fake/sky")
                        .chat(
                                question,
                                called.aiMessage(),
                                ToolExecutionResultMessage.from(call, "blue"));
        assertThat(answered.aiMessage().text()).isEqualTo("it is blue");
    }

    @Test
    void itHearsOfRefusalsAndOfFailuresInMidStream() {
        assertThatThrownBy(() -> model("no/such").chat("x"))
                .isInstanceOf(ModelNotFoundException.class)
                .hasMessageContaining("model 'no/such' not found");
        served.router.serve(
                "fake/breaks",
                (_, sink) -> {
                    sink.on(Operation.chunk("so far "));
                    throw new BindingException(ErrorCode.UPSTREAM_ERROR, "it broke");
                });
        assertThatThrownBy(() -> stream("fake/breaks", "x").get(20, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class);
    }
}
