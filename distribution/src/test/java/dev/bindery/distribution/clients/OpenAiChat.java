package dev.bindery.distribution.clients;

import com.openai.client.OpenAIClient;
import com.openai.client.okhttp.OpenAIOkHttpClient;
import com.openai.core.http.StreamResponse;
import com.openai.helpers.ChatCompletionAccumulator;
import com.openai.models.FunctionDefinition;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.chat.completions.ChatCompletionCreateParams;
import com.openai.models.chat.completions.ChatCompletionMessageFunctionToolCall;
import com.openai.models.chat.completions.ChatCompletionMessageToolCall;
import com.openai.models.chat.completions.ChatCompletionStreamOptions;
import com.openai.models.chat.completions.ChatCompletionToolMessageParam;
import com.openai.models.completions.CompletionUsage;
import dev.bindery.distribution.LiveHost;
import java.util.List;

/** OpenAI's own client. */
final class OpenAiChat implements ChatClient {
    private final OpenAIClient client;

    OpenAiChat(LiveHost host) {
        client =
                OpenAIOkHttpClient.builder().baseUrl(host.v1()).apiKey("any").maxRetries(0).build();
    }

    private static ChatCompletionCreateParams.Builder chat(String model, String text) {
        return ChatCompletionCreateParams.builder()
                .model(model)
                .temperature(0)
                .addUserMessage(text);
    }

    private ChatCompletion answer(ChatCompletionCreateParams params, boolean streamed) {
        if (!streamed) {
            return client.chat().completions().create(params);
        }
        ChatCompletionCreateParams counted =
                params.toBuilder()
                        .streamOptions(
                                ChatCompletionStreamOptions.builder().includeUsage(true).build())
                        .build();
        ChatCompletionAccumulator whole = ChatCompletionAccumulator.create();
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(counted)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.chatCompletion();
    }

    @Override
    public Said ask(String model, String text, boolean streamed) {
        ChatCompletion answer =
                answer(chat(model, text).maxCompletionTokens(MOST).build(), streamed);
        CompletionUsage usage = answer.usage().orElseThrow();
        boolean cut =
                answer.choices()
                        .getFirst()
                        .finishReason()
                        .equals(ChatCompletion.Choice.FinishReason.LENGTH);
        return new Said(text(answer), cut, usage.promptTokens(), usage.completionTokens());
    }

    private static String text(ChatCompletion answer) {
        return answer.choices().getFirst().message().content().orElse("");
    }

    @Override
    public Worked work(String model, String text, boolean streamed) {
        ChatCompletionCreateParams.Builder question =
                chat(model, text).addFunctionTool(tool("weather")).addFunctionTool(tool("time"));
        ChatCompletion asked = answer(question.build(), streamed);
        List<ChatCompletionMessageFunctionToolCall> calls =
                asked.choices().getFirst().message().toolCalls().orElseThrow().stream()
                        .map(ChatCompletionMessageToolCall::asFunction)
                        .toList();
        question.addMessage(asked.choices().getFirst().message());
        calls.forEach(call ->
                question.addMessage(
                        ChatCompletionToolMessageParam.builder()
                                .toolCallId(call.id())
                                .content(ChatClient.result(call.function().name()))
                                .build()));
        return new Worked(
                calls.stream().map(OpenAiChat::called).toList(),
                text(answer(question.build(), streamed)));
    }

    private static FunctionDefinition tool(String name) {
        return FunctionDefinition.builder().name(name).build();
    }

    private static Called called(ChatCompletionMessageFunctionToolCall call) {
        return new Called(call.function().name(), LiveHost.json(call.function().arguments()));
    }

    @Override
    public void leave(String model, String text) {
        try (StreamResponse<ChatCompletionChunk> stream =
                client.chat().completions().createStreaming(chat(model, text).build())) {
            boolean begun =
                    stream.stream()
                            .flatMap(chunk -> chunk.choices().stream())
                            .filter(choice -> !choice.delta().content().orElse("").isEmpty())
                            .findFirst()
                            .isPresent();
            if (!begun) {
                throw new IllegalStateException("the answer was empty");
            }
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
