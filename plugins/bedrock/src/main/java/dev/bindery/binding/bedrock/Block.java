package dev.bindery.binding.bedrock;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.http.Json;
import dev.bindery.http.WellFormedText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * One content block of an answer while it comes. Its first delta tells what it is; a call alone is
 * announced. Methods that return a boolean tell whether to go on.
 */
final class Block {
    private final GenerationCallback out;
    private final WellFormedText pieces = new WellFormedText();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder signature = new StringBuilder();
    private final StringBuilder redacted = new StringBuilder();
    private boolean thought;
    private boolean sealed;
    private @Nullable ToolCallDelta call;

    Block(GenerationCallback out) {
        this.out = out;
    }

    /** The block is a call, the so-and-so-manieth of the answer. */
    boolean call(int index, JsonNode use) {
        ToolCallDelta begun =
                ToolCallDelta.of(index, Json.text(use, "toolUseId"), Json.text(use, "name"), "");
        boolean goOn = out.on(Operation.toolCall(begun));
        call = goOn ? begun : null;
        return goOn;
    }

    boolean delta(JsonNode delta) {
        JsonNode reasoning = delta.path("reasoningContent");
        if (reasoning.isObject()) {
            thought = true;
            signature.append(Json.text(reasoning, "signature"));
            redacted.append(Json.text(reasoning, BlockWriter.REDACTED));
            return add(pieces.take(Json.text(reasoning, "text")));
        }
        String input = Json.text(delta.path("toolUse"), "input");
        return add(pieces.take(call == null ? Json.text(delta, "text") : input));
    }

    /** Nothing more will come. */
    boolean end() {
        if (!add(pieces.rest())) {
            return false;
        }
        if (call != null) {
            return !text.isEmpty() || add("{}");
        }
        if (!thought || (signature.isEmpty() && redacted.isEmpty())) {
            return true;
        }
        sealed = out.on(Operation.reasoning(seal("")));
        return sealed;
    }

    /** The block as far as it came and was told; empty when that is nothing. */
    Optional<Part> part() {
        if (call != null) {
            return Optional.of(
                    ToolCallPart.of(call.id().orElse(""), call.name().orElse(""), text.toString()));
        }
        if (thought && (sealed || !text.isEmpty())) {
            return Optional.of(sealed ? seal(text.toString()) : ReasoningPart.of(text.toString()));
        }
        return text.isEmpty() ? Optional.empty() : Optional.of(TextPart.of(text.toString()));
    }

    /** The thought with what the provider wants back. */
    private ReasoningPart seal(String said) {
        if (redacted.isEmpty()) {
            return ReasoningPart.of(said, signature.toString(), false);
        }
        JsonObject data = JsonObject.of(BlockWriter.REDACTED, redacted.toString());
        return ReasoningPart.of("", null, true)
                .withProviderData(JsonObject.of(BlockWriter.OWN, data));
    }

    private boolean add(String piece) {
        if (piece.isEmpty()) {
            return true;
        }
        boolean goOn = out.on(operation(piece));
        if (goOn) {
            text.append(piece);
        }
        return goOn;
    }

    private Operation operation(String piece) {
        if (call != null) {
            return Operation.toolCall(ToolCallDelta.of(call.index(), null, null, piece));
        }
        return thought ? Operation.reasoning(piece) : Operation.chunk(piece);
    }
}
