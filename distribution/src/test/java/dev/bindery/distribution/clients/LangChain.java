package dev.bindery.distribution.clients;

import dev.bindery.distribution.LiveHost;
import dev.langchain4j.agent.tool.ToolExecutionRequest;
import dev.langchain4j.agent.tool.ToolSpecification;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.ToolExecutionResultMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.model.anthropic.AnthropicChatModel;
import dev.langchain4j.model.anthropic.AnthropicStreamingChatModel;
import dev.langchain4j.model.anthropic.AnthropicTokenUsage;
import dev.langchain4j.model.chat.ChatModel;
import dev.langchain4j.model.chat.StreamingChatModel;
import dev.langchain4j.model.chat.request.ChatRequest;
import dev.langchain4j.model.chat.response.ChatResponse;
import dev.langchain4j.model.chat.response.PartialResponse;
import dev.langchain4j.model.chat.response.PartialResponseContext;
import dev.langchain4j.model.chat.response.StreamingChatResponseHandler;
import dev.langchain4j.model.ollama.OllamaChatModel;
import dev.langchain4j.model.ollama.OllamaStreamingChatModel;
import dev.langchain4j.model.openai.OpenAiChatModel;
import dev.langchain4j.model.openai.OpenAiStreamingChatModel;
import dev.langchain4j.model.output.FinishReason;
import dev.langchain4j.model.output.TokenUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;

/** LangChain4j, by one of its modules. */
final class LangChain implements ChatClient {
    private static final int PLENTY = 1000;
    private static final List<ToolSpecification> TOOLS =
            List.of(
                    ToolSpecification.builder().name("weather").description("sky").build(),
                    ToolSpecification.builder().name("time").description("hour").build());

    private final BiFunction<String, Integer, ChatModel> whole;
    private final BiFunction<String, Integer, StreamingChatModel> streaming;

    private LangChain(
            BiFunction<String, Integer, ChatModel> whole,
            BiFunction<String, Integer, StreamingChatModel> streaming) {
        this.whole = whole;
        this.streaming = streaming;
    }

    static LangChain openAi(LiveHost host) {
        return new LangChain(
                (model, most) ->
                        OpenAiChatModel.builder()
                                .baseUrl(host.v1())
                                .apiKey("any")
                                .modelName(model)
                                .temperature(0.0)
                                .maxTokens(most)
                                .maxRetries(0)
                                .build(),
                (model, most) ->
                        OpenAiStreamingChatModel.builder()
                                .baseUrl(host.v1())
                                .apiKey("any")
                                .modelName(model)
                                .temperature(0.0)
                                .maxTokens(most)
                                .build());
    }

    static LangChain ollama(LiveHost host) {
        return new LangChain(
                (model, most) ->
                        OllamaChatModel.builder()
                                .baseUrl(host.address())
                                .modelName(model)
                                .temperature(0.0)
                                .numPredict(most)
                                .maxRetries(0)
                                .build(),
                (model, most) ->
                        OllamaStreamingChatModel.builder()
                                .baseUrl(host.address())
                                .modelName(model)
                                .temperature(0.0)
                                .numPredict(most)
                                .build());
    }

    static LangChain anthropic(LiveHost host) {
        return new LangChain(
                (model, most) ->
                        AnthropicChatModel.builder()
                                .baseUrl(host.v1() + "/")
                                .apiKey("any")
                                .modelName(model)
                                .temperature(0.0)
                                .maxTokens(most)
                                .maxRetries(0)
                                .build(),
                (model, most) ->
                        AnthropicStreamingChatModel.builder()
                                .baseUrl(host.v1() + "/")
                                .apiKey("any")
                                .modelName(model)
                                .temperature(0.0)
                                .maxTokens(most)
                                .build());
    }

    /** An answer on its way; left at its first piece, if that is wanted. */
    private static final class Listener implements StreamingChatResponseHandler {
        private final boolean leaving;
        private final CompletableFuture<ChatResponse> answer = new CompletableFuture<>();
        private final CompletableFuture<Void> left = new CompletableFuture<>();

        Listener(boolean leaving) {
            this.leaving = leaving;
        }

        @Override
        public void onPartialResponse(PartialResponse piece, PartialResponseContext context) {
            if (leaving) {
                context.streamingHandle().cancel();
                left.complete(null);
            }
        }

        @Override
        public void onCompleteResponse(ChatResponse response) {
            answer.complete(response);
        }

        @Override
        public void onError(Throwable error) {
            answer.completeExceptionally(error);
            left.completeExceptionally(error);
        }
    }

    private ChatResponse answer(String model, int most, ChatRequest request, boolean streamed)
            throws Exception {
        if (!streamed) {
            return whole.apply(model, most).chat(request);
        }
        Listener listener = new Listener(false);
        streaming.apply(model, most).chat(request, listener);
        try {
            return listener.answer.get(60, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    private static ChatRequest chat(List<ChatMessage> messages) {
        return ChatRequest.builder().messages(messages).build();
    }

    @Override
    public Said ask(String model, String text, boolean streamed) throws Exception {
        ChatResponse answer = answer(model, MOST, chat(List.of(UserMessage.from(text))), streamed);
        return new Said(
                answer.aiMessage().text(),
                answer.finishReason() == FinishReason.LENGTH,
                input(answer.tokenUsage()),
                answer.tokenUsage().outputTokenCount());
    }

    /** Anthropic counts what came from a cache apart. */
    private static int input(TokenUsage usage) {
        int cached =
                usage instanceof AnthropicTokenUsage counted ? counted.cacheReadInputTokens() : 0;
        return usage.inputTokenCount() + cached;
    }

    @Override
    public Worked work(String model, String text, boolean streamed) throws Exception {
        List<ChatMessage> messages = new ArrayList<>(List.of(UserMessage.from(text)));
        ChatRequest question =
                ChatRequest.builder().messages(messages).toolSpecifications(TOOLS).build();
        AiMessage asked = answer(model, PLENTY, question, streamed).aiMessage();
        messages.add(asked);
        for (ToolExecutionRequest call : asked.toolExecutionRequests()) {
            messages.add(ToolExecutionResultMessage.from(call, ChatClient.result(call.name())));
        }
        return new Worked(
                asked.toolExecutionRequests().stream()
                        .map(call -> new Called(call.name(), LiveHost.json(call.arguments())))
                        .toList(),
                answer(model, PLENTY, chat(messages), streamed).aiMessage().text());
    }

    @Override
    public void leave(String model, String text) throws Exception {
        Listener listener = new Listener(true);
        streaming.apply(model, PLENTY).chat(chat(List.of(UserMessage.from(text))), listener);
        listener.left.get(60, TimeUnit.SECONDS);
    }
}
