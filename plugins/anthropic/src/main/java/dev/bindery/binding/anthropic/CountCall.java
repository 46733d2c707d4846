package dev.bindery.binding.anthropic;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.TokenCount;
import dev.bindery.http.Upstream;
import dev.bindery.http.UpstreamRequest;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** Has the tokens of a request's input counted. */
final class CountCall {
    private static final Set<Integer> NO_SUCH_PATH = Set.of(404, 405, 501);

    private final Upstream upstream;
    private final AnthropicSettings settings;
    private final GenerationRequest request;

    CountCall(Upstream upstream, AnthropicSettings settings, GenerationRequest request) {
        this.upstream = upstream;
        this.settings = settings;
        this.request = request;
    }

    /** Empty where the server does not count. */
    Optional<TokenCount> run() {
        UpstreamRequest.Builder count =
                UpstreamRequest.post(
                                "v1/messages/count_tokens",
                                new MessageBody(settings, request).counted())
                        .on(request)
                        .streamed(false)
                        .repeatable(true);
        UpstreamRequest post = BetaFeatures.of(settings, request).on(count).build();
        try {
            JsonNode tokens = upstream.json(post).path("input_tokens");
            if (!tokens.canConvertToLong() || tokens.longValue() < 0) {
                throw upstream.broken("answered /v1/messages/count_tokens without a count");
            }
            return Optional.of(TokenCount.exactly(tokens.longValue()));
        } catch (BindingException e) {
            if (isNoSuchPath(e)) {
                return Optional.empty();
            }
            throw e;
        }
    }

    /** An unknown model is 404 too, and an error. */
    private static boolean isNoSuchPath(BindingException e) {
        return NO_SUCH_PATH.contains(e.upstreamStatus().orElse(0))
                && !e.code().equals(ErrorCode.MODEL_NOT_FOUND);
    }
}
