package dev.bindery.server.openai.responses;

import dev.bindery.api.JsonObject;
import dev.bindery.api.ReasoningPart;
import dev.bindery.server.answer.ProviderSeal;
import dev.bindery.server.json.JsonBody;

/** What a provider attached to a thought, in the one field that clients send back. */
final class EncryptedContent {
    private static final String FIELD = "encrypted_content";

    private EncryptedContent() {}

    static String of(ReasoningPart thought) {
        JsonObject data = thought.providerData();
        JsonObject own = data.object("openai");
        boolean nothingElse =
                thought.signature().isEmpty()
                        && data.fields().size() == 1
                        && own.fields().size() == 1;
        return nothingElse
                ? own.text(FIELD).orElseGet(() -> ProviderSeal.pack(thought))
                : ProviderSeal.pack(thought);
    }

    /** The thought that came back with that content. */
    static ReasoningPart read(String text, String content, JsonBody bodies) {
        ReasoningPart thought = ReasoningPart.of(text, null, text.isEmpty());
        return ProviderSeal.unpack(thought, content, bodies)
                .orElseGet(() ->
                        thought.withProviderData(
                                JsonObject.of("openai", JsonObject.of(FIELD, content))));
    }
}
