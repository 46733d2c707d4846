package dev.bindery.binding.cohere;

import dev.bindery.api.JsonObject;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import java.util.Optional;

/**
 * The two kinds of thoughts that Cohere's models have, which go back under the names they came by:
 * what a reasoning model thinks, and what any model says of the tools that it is about to call.
 */
final class Thought {
    static final String THINKING = "thinking";
    static final String PLAN = "tool_plan";

    private static final String DIALECT = "cohere";
    private static final String KIND = "kind";

    private Thought() {}

    static ReasoningPart of(String kind, String text) {
        return ReasoningPart.of(text)
                .withProviderData(JsonObject.of(DIALECT, JsonObject.of(KIND, kind)));
    }

    /** Its kind; empty for another provider's, which Cohere has no use for. */
    static Optional<String> kind(Part part) {
        return part.providerData().object(DIALECT).text(KIND);
    }
}
