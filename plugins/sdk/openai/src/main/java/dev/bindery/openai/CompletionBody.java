package dev.bindery.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Prompt;
import java.util.Set;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a raw prompt as the body of {@code /completions}. */
final class CompletionBody {
    private static final Set<String> KNOWN = Set.of("best_of", "logit_bias", "user");

    private final OpenAiOptions options;

    CompletionBody(OpenAiOptions options) {
        this.options = options;
    }

    ObjectNode of(GenerationRequest request, Prompt prompt) {
        refuseWhatOnlyChatsHave(request);
        RequestFields fields = new RequestFields(options);
        ObjectNode body = fields.of(request, "max_tokens");
        prompt.text().ifPresent(text -> body.put("prompt", text));
        prompt.tokens().ifPresent(tokens -> tokens(body.putArray("prompt"), tokens));
        prompt.suffix().ifPresent(suffix -> body.put("suffix", suffix));
        if (prompt.echo()) {
            body.put("echo", true);
        }
        request.logprobs().ifPresent(alternatives -> body.put("logprobs", alternatives));
        fields.forward(body, request.parameters(), KNOWN);
        return new RequestRules(options.provider()).applied(body);
    }

    static void tokens(ArrayNode array, int[] tokens) {
        for (int token : tokens) {
            array.add(token);
        }
    }

    private static void refuseWhatOnlyChatsHave(GenerationRequest request) {
        if (!request.tools().isEmpty()) {
            throw BindingException.unsupported("tools need a chat; a raw prompt has none");
        }
        if (!request.responseFormat().kind().equals("text")) {
            throw BindingException.unsupported("a response format needs a chat, not a raw prompt");
        }
    }
}
