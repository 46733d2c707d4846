package dev.bindery.binding.anthropic;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import dev.bindery.api.Part;
import dev.bindery.api.ToolCallDelta;
import dev.bindery.api.ToolCallPart;
import dev.bindery.http.Json;
import dev.bindery.http.WellFormedText;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A call of a tool that the client runs; its arguments join to one JSON object. */
final class CallBlock implements Block {
    private final GenerationCallback out;
    private final int index;
    private final WellFormedText pieces = new WellFormedText();
    private final StringBuilder arguments = new StringBuilder();
    private String id = "";
    private String name = "";
    private boolean told;

    /**
     * @param index which call of the answer it is
     */
    CallBlock(GenerationCallback out, int index) {
        this.out = out;
        this.index = index;
    }

    @Override
    public boolean begin(JsonNode block) {
        id = Json.text(block, "id");
        name = Json.text(block, "name");
        JsonNode input = block.path("input");
        String whole = input.isObject() && !input.isEmpty() ? input.toString() : "";
        told = tell(id, name, whole);
        return told;
    }

    @Override
    public boolean delta(JsonNode delta) {
        String piece = pieces.take(Json.text(delta, "partial_json"));
        return piece.isEmpty() || tell(null, null, piece);
    }

    /** A tool without arguments is called with an empty object, of which nothing is streamed. */
    @Override
    public boolean end() {
        String rest = arguments.isEmpty() ? "{}" : pieces.rest();
        return rest.isEmpty() || tell(null, null, rest);
    }

    @Override
    public Optional<Part> part() {
        return told
                ? Optional.of(ToolCallPart.of(id, name, arguments.toString()))
                : Optional.empty();
    }

    private boolean tell(@Nullable String id, @Nullable String name, String fragment) {
        boolean goOn = out.on(Operation.toolCall(ToolCallDelta.of(index, id, name, fragment)));
        if (goOn) {
            arguments.append(fragment);
        }
        return goOn;
    }
}
