package dev.bindery.binding.anthropic;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.http.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A thought that the provider withheld; what it sent instead goes back unchanged. */
final class RedactedBlock implements Block {
    private final GenerationCallback out;
    private @Nullable ReasoningPart told;

    RedactedBlock(GenerationCallback out) {
        this.out = out;
    }

    @Override
    public boolean begin(JsonNode block) {
        JsonObject data = JsonObject.of("data", Json.text(block, "data"));
        ReasoningPart withheld =
                ReasoningPart.of("", null, true)
                        .withProviderData(JsonObject.of(MessageBody.DIALECT, data));
        boolean goOn = out.on(Operation.reasoning(withheld));
        told = goOn ? withheld : null;
        return goOn;
    }

    @Override
    public boolean delta(JsonNode delta) {
        return true;
    }

    @Override
    public boolean end() {
        return true;
    }

    @Override
    public Optional<Part> part() {
        return Optional.ofNullable(told);
    }
}
