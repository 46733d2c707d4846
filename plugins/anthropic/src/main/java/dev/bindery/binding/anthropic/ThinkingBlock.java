package dev.bindery.binding.anthropic;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.http.Json;
import dev.bindery.http.WellFormedText;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/** A thought, with the signature that ends it; the text may be missing, the signature not. */
final class ThinkingBlock implements Block {
    private final GenerationCallback out;
    private final WellFormedText pieces = new WellFormedText();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private boolean signed;

    ThinkingBlock(GenerationCallback out) {
        this.out = out;
    }

    @Override
    public boolean begin(JsonNode block) {
        signature.append(Json.text(block, "signature"));
        return add(pieces.take(Json.text(block, "thinking")));
    }

    @Override
    public boolean delta(JsonNode delta) {
        signature.append(Json.text(delta, "signature"));
        return add(pieces.take(Json.text(delta, "thinking")));
    }

    @Override
    public boolean end() {
        if (!add(pieces.rest())) {
            return false;
        }
        signed =
                !signature.isEmpty()
                        && out.on(
                                Operation.reasoning(
                                        ReasoningPart.of("", signature.toString(), false)));
        return signed || signature.isEmpty();
    }

    @Override
    public Optional<Part> part() {
        return text.isEmpty() && !signed
                ? Optional.empty()
                : Optional.of(
                        ReasoningPart.of(
                                text.toString(), signed ? signature.toString() : null, false));
    }

    private boolean add(String piece) {
        if (piece.isEmpty()) {
            return true;
        }
        boolean goOn = out.on(Operation.reasoning(piece));
        if (goOn) {
            text.append(piece);
        }
        return goOn;
    }
}
