package dev.bindery.distribution.clients;

import com.anthropic.client.AnthropicClient;
import com.anthropic.client.okhttp.AnthropicOkHttpClient;
import com.anthropic.core.JsonValue;
import com.anthropic.core.http.StreamResponse;
import com.anthropic.helpers.MessageAccumulator;
import com.anthropic.models.messages.ContentBlock;
import com.anthropic.models.messages.ContentBlockParam;
import com.anthropic.models.messages.Message;
import com.anthropic.models.messages.MessageCreateParams;
import com.anthropic.models.messages.RawMessageStreamEvent;
import com.anthropic.models.messages.StopReason;
import com.anthropic.models.messages.Tool;
import com.anthropic.models.messages.ToolResultBlockParam;
import com.anthropic.models.messages.ToolUseBlock;
import dev.bindery.distribution.LiveHost;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Anthropic's own client. */
final class AnthropicMessages implements ChatClient {
    private static final int PLENTY = 1000;
    private static final JsonMapper JSON = new JsonMapper();

    private final AnthropicClient client;

    AnthropicMessages(LiveHost host) {
        client =
                AnthropicOkHttpClient.builder()
                        .baseUrl(host.address())
                        .apiKey("any")
                        .maxRetries(0)
                        .build();
    }

    private static MessageCreateParams.Builder chat(String model, String text, int most) {
        return MessageCreateParams.builder()
                .model(model)
                .putAdditionalBodyProperty("temperature", JsonValue.from(0))
                .maxTokens(most)
                .addUserMessage(text);
    }

    private Message answer(MessageCreateParams params, boolean streamed) {
        if (!streamed) {
            return client.messages().create(params).validate();
        }
        MessageAccumulator whole = MessageAccumulator.create();
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(params)) {
            stream.stream().forEach(whole::accumulate);
        }
        return whole.message().validate();
    }

    @Override
    public Said ask(String model, String text, boolean streamed) {
        Message answer = answer(chat(model, text, MOST).build(), streamed);
        long input =
                answer.usage().inputTokens() + answer.usage().cacheReadInputTokens().orElse(0L);
        return new Said(
                text(answer),
                answer.stopReason().filter(StopReason.MAX_TOKENS::equals).isPresent(),
                input,
                answer.usage().outputTokens());
    }

    private static String text(Message answer) {
        return answer.content().stream()
                .filter(ContentBlock::isText)
                .map(block -> block.asText().text())
                .collect(Collectors.joining());
    }

    @Override
    public Worked work(String model, String text, boolean streamed) {
        MessageCreateParams.Builder question =
                chat(model, text, PLENTY).addTool(tool("weather")).addTool(tool("time"));
        Message asked = answer(question.build(), streamed);
        List<ToolUseBlock> calls =
                asked.content().stream()
                        .filter(ContentBlock::isToolUse)
                        .map(ContentBlock::asToolUse)
                        .toList();
        question.addMessage(asked)
                .addUserMessageOfContentBlockParams(
                        calls.stream().map(AnthropicMessages::result).toList());
        return new Worked(
                calls.stream().map(AnthropicMessages::called).toList(),
                text(answer(question.build(), streamed)));
    }

    private static Tool tool(String name) {
        return Tool.builder().name(name).inputSchema(Tool.InputSchema.builder().build()).build();
    }

    private static ContentBlockParam result(ToolUseBlock call) {
        return ContentBlockParam.ofToolResult(
                ToolResultBlockParam.builder()
                        .toolUseId(call.id())
                        .content(ChatClient.result(call.name()))
                        .build());
    }

    private static Called called(ToolUseBlock call) {
        return new Called(call.name(), JSON.valueToTree(call._input().convert(Object.class)));
    }

    @Override
    public void leave(String model, String text) {
        try (StreamResponse<RawMessageStreamEvent> stream =
                client.messages().createStreaming(chat(model, text, PLENTY).build())) {
            boolean begun =
                    stream.stream()
                            .filter(RawMessageStreamEvent::isContentBlockDelta)
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
