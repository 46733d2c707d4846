package dev.bindery.server.anthropic;

import dev.bindery.api.JsonObject;
import dev.bindery.api.ReasoningPart;
import dev.bindery.server.answer.ProviderSeal;
import dev.bindery.server.json.JsonBody;
import java.util.Optional;

/**
 * What a provider attached to a thought, as the one text that Anthropic's clients keep and send
 * back: its signature as it is, or, where there is more, all of it packed into such a text. So it
 * returns unchanged, whichever provider it is from.
 */
final class ThoughtSeal {
    private static final String DATA = "data";

    private ThoughtSeal() {}

    /** The signature of a thought that can be read; empty where it has none. */
    static String signature(ReasoningPart thought) {
        return thought.providerData().isEmpty()
                ? thought.signature().orElse("")
                : ProviderSeal.pack(thought);
    }

    /** What stands for a thought that was withheld. */
    static String redacted(ReasoningPart thought) {
        return anthropics(thought).orElseGet(() -> ProviderSeal.pack(thought));
    }

    /** The thought that came back with that signature. */
    static ReasoningPart thought(String text, String signature, JsonBody bodies) {
        return ProviderSeal.unpack(ReasoningPart.of(text), signature, bodies)
                .orElseGet(() ->
                        ReasoningPart.of(text, signature.isEmpty() ? null : signature, false));
    }

    /** The withheld thought that came back. */
    static ReasoningPart redacted(String data, JsonBody bodies) {
        ReasoningPart withheld = ReasoningPart.of("", null, true);
        return ProviderSeal.unpack(withheld, data, bodies)
                .orElseGet(() ->
                        withheld.withProviderData(
                                JsonObject.of("anthropic", JsonObject.of(DATA, data))));
    }

    private static Optional<String> anthropics(ReasoningPart thought) {
        JsonObject data = thought.providerData();
        Optional<String> own = data.object("anthropic").text(DATA);
        boolean nothingElse =
                thought.signature().isEmpty()
                        && data.fields().size() == 1
                        && data.object("anthropic").fields().size() == 1;
        return nothingElse ? own : Optional.empty();
    }
}
