package dev.bindery.server.openai;

import dev.bindery.api.Chat;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.server.json.Fields;
import org.jspecify.annotations.Nullable;

/** Reads a chat request into the contract's form. */
final class ChatReader {
    private static final int MOST_ALTERNATIVES = 20;

    private ChatReader() {}

    /**
     * @param choices the most answers of one request
     */
    static Asked read(Fields body, int choices) {
        String model = body.requiredText("model");
        boolean stream = body.isSet("stream");
        boolean includeUsage = StreamOptions.includeUsage(body);
        GenerationRequest.Builder request =
                GenerationRequest.builder(model, Chat.of(MessageReader.messages(body)))
                        .sampling(SamplingReader.read(body))
                        .maxTokens(maxTokens(body))
                        .candidates(StreamOptions.candidates(body, choices))
                        .logprobs(logprobs(body))
                        .tools(ToolReader.tools(body))
                        .toolChoice(ToolReader.choice(body))
                        .parallelTools(body.flag("parallel_tool_calls"))
                        .responseFormat(ResponseFormatReader.read(body))
                        .reasoning(reasoning(body))
                        .streaming(stream);
        request.parameters(body.restOf("openai"));
        return new Asked(request.build(), includeUsage);
    }

    private static @Nullable Integer maxTokens(Fields body) {
        Integer today = body.count("max_completion_tokens", 1, Integer.MAX_VALUE);
        Integer older = body.count("max_tokens", 1, Integer.MAX_VALUE);
        return today == null ? older : today;
    }

    private static @Nullable Integer logprobs(Fields body) {
        Integer alternatives = body.count("top_logprobs", 0, MOST_ALTERNATIVES);
        boolean wanted = body.isSet("logprobs");
        if (!wanted) {
            return null;
        }
        return alternatives == null ? Integer.valueOf(0) : alternatives;
    }

    private static @Nullable ReasoningOptions reasoning(Fields body) {
        String effort = body.text("reasoning_effort");
        return effort == null
                ? null
                : ReasoningOptions.builder().effort(new ReasoningEffort(effort)).build();
    }

    /**
     * @param request what is asked of the model
     * @param includeUsage whether a stream shall end with the usage
     */
    record Asked(GenerationRequest request, boolean includeUsage) {}
}
