package dev.bindery.server.recall;

import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import java.util.List;

/** About how many bytes parts take in memory; rather too many than too few. */
final class PartWeight {
    private static final long OBJECT = 64;

    private PartWeight() {}

    static long of(List<Part> parts) {
        return OBJECT + parts.stream().mapToLong(PartWeight::of).sum();
    }

    private static long of(Part part) {
        long said =
                switch (part) {
                    case TextPart text -> of(text.text());
                    case ToolCallPart call ->
                            of(call.id()) + of(call.name()) + of(call.arguments());
                    case ReasoningPart thought ->
                            of(thought.text()) + of(thought.signature().orElse(""));
                    case OpaquePart opaque -> of(opaque.kind()) + of(opaque.content());
                    default -> 0;
                };
        return OBJECT + said + of(part.providerData());
    }

    private static long of(String text) {
        return OBJECT + 2L * text.length();
    }

    private static long of(JsonValue value) {
        return switch (value) {
            case JsonString text -> of(text.value());
            case JsonArray array -> OBJECT + array.items().stream().mapToLong(PartWeight::of).sum();
            case JsonObject object ->
                    OBJECT
                            + object.fields().entrySet().stream()
                                    .mapToLong(e -> OBJECT + of(e.getKey()) + of(e.getValue()))
                                    .sum();
            default -> OBJECT;
        };
    }
}
