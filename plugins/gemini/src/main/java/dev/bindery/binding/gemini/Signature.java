package dev.bindery.binding.gemini;

import dev.bindery.api.JsonObject;
import dev.bindery.api.Part;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * The model's encrypted thoughts, which come with some parts of an answer and are wanted back
 * unchanged with just these parts: Gemini 3 refuses a turn with tool calls that lacks them.
 */
final class Signature {
    static final String DIALECT = "gemini";

    private static final String FIELD = "thoughtSignature";

    private Signature() {}

    /** The one that came with a part; null for none. */
    static @Nullable String in(JsonNode part) {
        JsonNode signature = part.path(FIELD);
        return signature.isString() && !signature.stringValue().isEmpty()
                ? signature.stringValue()
                : null;
    }

    static <P extends Part> Part on(P part, @Nullable String signature) {
        return signature == null
                ? part
                : part.withProviderData(JsonObject.of(DIALECT, JsonObject.of(FIELD, signature)));
    }

    static Optional<String> of(Part part) {
        return part.providerData().object(DIALECT).text(FIELD);
    }

    /** Writes the part's own beside its content. */
    static ObjectNode write(ObjectNode written, Part part) {
        of(part).ifPresent(signature -> written.put(FIELD, signature));
        return written;
    }

    /** What Google documents for calls that another model made, or whose signature is lost. */
    static void writeSubstitute(ObjectNode written) {
        written.put(FIELD, "skip_thought_signature_validator");
    }
}
