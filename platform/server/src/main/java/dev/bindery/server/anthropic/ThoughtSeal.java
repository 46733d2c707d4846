package dev.bindery.server.anthropic;

import dev.bindery.api.JsonObject;
import dev.bindery.api.ReasoningPart;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.json.Element;
import dev.bindery.server.json.Fields;
import dev.bindery.server.json.JsonBody;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * What a provider attached to a thought, as the one text that Anthropic's clients keep and send
 * back: its signature as it is, or, where there is more, all of it packed into such a text. So it
 * returns unchanged, whichever provider it is from.
 */
final class ThoughtSeal {
    /** No signature begins with this: a dot is no sign of base64. */
    private static final String PACKED = "bindery.";

    private static final String SIGNATURE = "signature";
    private static final String DATA = "data";

    private ThoughtSeal() {}

    /** The signature of a thought that can be read; empty where it has none. */
    static String signature(ReasoningPart thought) {
        return thought.providerData().isEmpty() ? thought.signature().orElse("") : packed(thought);
    }

    /** What stands for a thought that was withheld. */
    static String redacted(ReasoningPart thought) {
        return anthropics(thought).orElseGet(() -> packed(thought));
    }

    /** The thought that came back with that signature. */
    static ReasoningPart thought(String text, String signature, JsonBody bodies) {
        return unpacked(ReasoningPart.of(text), signature, bodies)
                .orElseGet(() ->
                        ReasoningPart.of(text, signature.isEmpty() ? null : signature, false));
    }

    /** The withheld thought that came back. */
    static ReasoningPart redacted(String data, JsonBody bodies) {
        ReasoningPart withheld = ReasoningPart.of("", null, true);
        return unpacked(withheld, data, bodies)
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

    private static String packed(ReasoningPart thought) {
        JsonObject all = JsonObject.of(DATA, thought.providerData());
        JsonObject signed =
                thought.signature().map(signature -> all.with(SIGNATURE, signature)).orElse(all);
        return PACKED
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(signed.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** Empty for what was not packed here, which is a provider's own. */
    private static Optional<ReasoningPart> unpacked(
            ReasoningPart thought, String text, JsonBody bodies) {
        if (!text.startsWith(PACKED)) {
            return Optional.empty();
        }
        try {
            Fields all = bodies.object(unpacked(text));
            Element data = all.required(DATA);
            data.object();
            return Optional.of(
                    ReasoningPart.of(thought.text(), all.text(SIGNATURE), thought.redacted())
                            .withProviderData((JsonObject) data.json()));
        } catch (Refusal | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static byte[] unpacked(String text) {
        return Base64.getUrlDecoder().decode(text.substring(PACKED.length()));
    }
}
