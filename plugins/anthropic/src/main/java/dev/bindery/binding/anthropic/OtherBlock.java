package dev.bindery.binding.anthropic;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.JsonObject;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import dev.bindery.api.Part;
import dev.bindery.http.Json;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A block that the contract has no name for, such as a tool that the provider itself runs, and its
 * result. It is told and kept whole, so that it can go back in the next turn.
 */
final class OtherBlock implements Block {
    private static final String INPUT = "partial_json";

    private final GenerationCallback out;
    private final StringBuilder input = new StringBuilder();
    private ObjectNode block = Json.object();
    private @Nullable OpaquePart told;

    OtherBlock(GenerationCallback out) {
        this.out = out;
    }

    @Override
    public boolean begin(JsonNode begun) {
        block = (ObjectNode) begun.deepCopy();
        return true;
    }

    /** Texts go on, anything else takes its field's place. */
    @Override
    public boolean delta(JsonNode delta) {
        delta.forEachEntry((name, value) -> {
            if (name.equals(INPUT)) {
                input.append(value.asString(""));
            } else if (!name.equals("type")) {
                boolean goesOn = value.isString() && block.path(name).isString();
                block.set(
                        name,
                        goesOn
                                ? block.stringNode(Json.text(block, name) + value.stringValue())
                                : value);
            }
        });
        return true;
    }

    @Override
    public boolean end() {
        if (!input.isEmpty()) {
            try {
                block.set("input", Json.parse(input.toString()));
            } catch (JacksonException _) {
                block.put("input", input.toString());
            }
        }
        OpaquePart whole =
                OpaquePart.of(MessageBody.DIALECT, Json.text(block, "type"), Json.value(block));
        boolean goOn = out.on(operation(whole));
        told = goOn ? whole : null;
        return goOn;
    }

    @Override
    public Optional<Part> part() {
        return Optional.ofNullable(told);
    }

    private static Operation operation(OpaquePart part) {
        JsonObject said =
                JsonObject.of("dialect", part.dialect())
                        .with("kind", part.kind())
                        .with("content", part.content());
        return Operation.of(OperationType.JSON_INFOS, "")
                .withMetadata(JsonObject.of("opaque", said));
    }
}
