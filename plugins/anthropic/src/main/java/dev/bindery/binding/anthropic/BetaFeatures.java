package dev.bindery.binding.anthropic;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.http.UpstreamRequest;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Beta features that are switched on: the instance's, and those that a client of this same API asks
 * for.
 */
record BetaFeatures(List<String> names) {
    private static final String HEADER = "anthropic-beta";
    private static final String PARAMETER = "anthropic_beta";
    private static final Pattern NAME = Pattern.compile("[!-+\\--~]{1,200}");
    private static final int MOST = 100;

    BetaFeatures {
        names = names.stream().distinct().limit(MOST).toList();
    }

    static BetaFeatures of(AnthropicSettings settings) {
        return new BetaFeatures(settings.anthropicBeta());
    }

    /** With those of its client; what can be no name in the header is left out. */
    static BetaFeatures of(AnthropicSettings settings, GenerationRequest request) {
        JsonObject own = request.parameters().object(MessageBody.DIALECT);
        Stream<String> asked =
                own.array(PARAMETER).items().stream()
                        .filter(JsonString.class::isInstance)
                        .map(name -> ((JsonString) name).value())
                        .filter(name -> NAME.matcher(name).matches());
        return new BetaFeatures(Stream.concat(settings.anthropicBeta().stream(), asked).toList());
    }

    UpstreamRequest.Builder on(UpstreamRequest.Builder request) {
        return request.header(HEADER, String.join(",", names));
    }

    /** With it, the budget of thoughts may exceed the limit of one answer. */
    boolean interleavedThinking() {
        return names.stream().anyMatch(name -> name.startsWith("interleaved-thinking"));
    }
}
