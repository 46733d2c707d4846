package dev.bindery.server.recall;

import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import java.util.List;

/** Whether two turns are the same to the letter. */
final class SameParts {
    private SameParts() {}

    static boolean are(List<Part> parts, List<Part> others) {
        return values(parts).equals(values(others));
    }

    private static List<Object> values(List<Part> parts) {
        return parts.stream().<Object>map(SameParts::value).toList();
    }

    private static List<Object> value(Part part) {
        Object said =
                switch (part) {
                    case TextPart text -> text.text();
                    case ToolCallPart call -> List.of(call.id(), call.name(), call.arguments());
                    case ReasoningPart thought ->
                            List.of(thought.text(), thought.signature(), thought.redacted());
                    case OpaquePart opaque ->
                            List.of(opaque.dialect(), opaque.kind(), opaque.content());
                    default -> part;
                };
        return List.of(part.getClass(), said, part.providerData());
    }
}
