package dev.bindery.server.openai;

import dev.bindery.api.Chat;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
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
                        .responseFormat(ResponseFormatReader.read(body))
                        .reasoning(reasoning(body))
                        .streaming(stream);
        ToolReader.read(body, request);
        request.parameters(body.restOf("openai"));
        refuseSpeech(body);
        return new Asked(request.build(), includeUsage);
    }

    /** Who asks for speech would wait for it in vain. */
    private static void refuseSpeech(Fields body) {
        for (Element kind : body.list("modalities")) {
            if (kind.text().equals("audio")) {
                throw Refusal.of(
                                400,
                                ErrorCode.UNSUPPORTED.name(),
                                kind.name() + ": this server answers in text; leave audio out")
                        .about(kind.name());
            }
        }
    }

    private static @Nullable Integer maxTokens(Fields body) {
        Integer today = StreamOptions.maxTokens(body, "max_completion_tokens");
        Integer older = StreamOptions.maxTokens(body, "max_tokens");
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
