package dev.bindery.server.openai;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Prompt;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Fields;
import java.util.List;

/** Reads a completion request: one of the contract's for each of its prompts. */
final class CompletionReader {
    private static final int MOST_ALTERNATIVES = 5;

    private CompletionReader() {}

    /**
     * @param choices the most answers of one request
     */
    static Asked read(Fields body, int choices) {
        String model = body.requiredText("model");
        String suffix = body.text("suffix");
        boolean echo = body.isSetOrObject("echo");
        List<Prompt> prompts =
                TextInputs.read(body.required("prompt"), choices, Prompt::of, Prompt::ofTokens);
        int candidates = StreamOptions.candidates(body, choices);
        if (prompts.size() * candidates > choices) {
            throw Refusal.invalid(
                    "n",
                    "%d prompts with %d answers each are more than %d answers at once"
                            .formatted(prompts.size(), candidates, choices));
        }
        boolean includeUsage = StreamOptions.includeUsage(body);
        GenerationRequest.Builder request =
                GenerationRequest.builder(model, prompts.getFirst())
                        .sampling(SamplingReader.read(body))
                        .maxTokens(StreamOptions.maxTokens(body, "max_tokens"))
                        .candidates(candidates)
                        .logprobs(body.count("logprobs", 0, MOST_ALTERNATIVES))
                        .streaming(body.isSet("stream"));
        request.parameters(body.restOf("openai"));
        return new Asked(
                prompts.stream()
                        .map(prompt -> prompt.withSuffix(suffix).withEcho(echo))
                        .map(prompt -> request.input(prompt).build())
                        .toList(),
                includeUsage);
    }

    /**
     * @param requests one for each prompt, alike but for it
     * @param includeUsage whether a stream shall end with the usage
     */
    record Asked(List<GenerationRequest> requests, boolean includeUsage) {}
}
