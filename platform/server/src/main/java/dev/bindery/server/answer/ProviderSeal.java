package dev.bindery.server.answer;

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
 * What a provider attached to a thought, packed into one text that clients keep and send back, so
 * that it returns unchanged, whichever provider it is from.
 */
public final class ProviderSeal {
    /** No provider's own text begins with this: a dot is no sign of base64. */
    private static final String PACKED = "bindery.";

    private static final String SIGNATURE = "signature";
    private static final String DATA = "data";

    private ProviderSeal() {}

    public static String pack(ReasoningPart thought) {
        JsonObject all = JsonObject.of(DATA, thought.providerData());
        JsonObject signed =
                thought.signature().map(signature -> all.with(SIGNATURE, signature)).orElse(all);
        return PACKED
                + Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString(signed.toString().getBytes(StandardCharsets.UTF_8));
    }

    /** The thought with what was packed; empty for a text that was not, a provider's own. */
    public static Optional<ReasoningPart> unpack(
            ReasoningPart thought, String text, JsonBody bodies) {
        if (!text.startsWith(PACKED)) {
            return Optional.empty();
        }
        try {
            Fields all = bodies.object(decoded(text));
            Element data = all.required(DATA);
            data.object();
            return Optional.of(
                    ReasoningPart.of(thought.text(), all.text(SIGNATURE), thought.redacted())
                            .withProviderData((JsonObject) data.json()));
        } catch (Refusal | IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static byte[] decoded(String text) {
        return Base64.getUrlDecoder().decode(text.substring(PACKED.length()));
    }
}
