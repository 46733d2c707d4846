package dev.bindery.server.recall;

import dev.bindery.api.CacheHint;
import dev.bindery.api.Candidate;
import dev.bindery.api.Message;
import dev.bindery.api.OpaquePart;
import dev.bindery.api.Part;
import dev.bindery.api.ReasoningPart;
import dev.bindery.api.TextPart;
import dev.bindery.api.ToolCallPart;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A model's turn with tool calls, as its binding returned it: texts, thoughts, calls and opaque
 * parts with what the provider attached to them. Immutable.
 */
final class Turn {
    private final List<Part> parts;
    private final List<ToolCallPart> calls;
    private final String text;
    private final String thoughts;

    private Turn(List<Part> parts) {
        this.parts = parts;
        this.calls = kind(parts, ToolCallPart.class);
        this.text = text(parts);
        this.thoughts = thoughts(parts);
    }

    /** What is worth remembering: calls that have ids, with something that a client may drop. */
    static Optional<Turn> of(Candidate answer) {
        List<ToolCallPart> calls = answer.toolCalls();
        boolean known = !calls.isEmpty() && calls.stream().noneMatch(c -> c.id().isEmpty());
        List<Part> parts = answer.parts().stream().filter(Turn::isRemembered).toList();
        return known && parts.stream().anyMatch(Turn::canBeDropped)
                ? Optional.of(new Turn(parts))
                : Optional.empty();
    }

    private static boolean isRemembered(Part part) {
        return part instanceof TextPart || part instanceof ToolCallPart || canBeDropped(part);
    }

    private static boolean canBeDropped(Part part) {
        return part instanceof ReasoningPart
                || part instanceof OpaquePart
                || ((part instanceof TextPart || part instanceof ToolCallPart)
                        && !part.providerData().isEmpty());
    }

    String firstId() {
        return calls.getFirst().id();
    }

    /** About how much memory it takes. */
    long bytes() {
        return PartWeight.of(parts);
    }

    boolean isSame(@Nullable Turn other) {
        return other != null && SameParts.are(parts, other.parts);
    }

    /**
     * The message as this turn, with the client's cache hints. Itself where it says something else.
     * Where the client sends thoughts with what was attached to them, or parts of other kinds, it
     * keeps its turns itself: then only its calls get back what they lack.
     */
    Message restoredIn(Message message) {
        List<ToolCallPart> sent = message.parts(ToolCallPart.class);
        if (!SameCalls.are(calls, sent) || !text.equals(message.text())) {
            return message;
        }
        if (message.parts().stream().anyMatch(Turn::isTheClientsOwn)) {
            return Message.of(message.role(), withCalls(message.parts()))
                    .withName(message.name().orElse(null));
        }
        String thought = thoughts(message.parts());
        return thought.isEmpty() || thought.equals(thoughts)
                ? Message.of(message.role(), hinted(message)).withName(message.name().orElse(null))
                : message;
    }

    private static boolean isTheClientsOwn(Part part) {
        return switch (part) {
            case ReasoningPart thought ->
                    thought.signature().isPresent()
                            || thought.redacted()
                            || !thought.providerData().isEmpty();
            case TextPart _, ToolCallPart _ -> !part.providerData().isEmpty();
            default -> true;
        };
    }

    private List<Part> withCalls(List<Part> sent) {
        List<Part> restored = new ArrayList<>();
        int call = 0;
        for (Part part : sent) {
            boolean lacks = part instanceof ToolCallPart && part.providerData().isEmpty();
            restored.add(lacks ? part.withProviderData(calls.get(call).providerData()) : part);
            call += part instanceof ToolCallPart ? 1 : 0;
        }
        return restored;
    }

    private List<Part> hinted(Message message) {
        List<ToolCallPart> sent = message.parts(ToolCallPart.class);
        CacheHint ofText =
                message.parts(TextPart.class).stream()
                        .flatMap(part -> part.cacheHint().stream())
                        .reduce((_, later) -> later)
                        .orElse(null);
        List<TextPart> texts = kind(parts, TextPart.class);
        List<Part> restored = new ArrayList<>();
        int call = 0;
        for (Part part : parts) {
            if (part instanceof ToolCallPart) {
                restored.add(part.withCacheHint(sent.get(call++).cacheHint().orElse(null)));
            } else {
                boolean last = !texts.isEmpty() && part == texts.getLast();
                restored.add(last ? part.withCacheHint(ofText) : part);
            }
        }
        return restored;
    }

    private static <P extends Part> List<P> kind(List<Part> parts, Class<P> kind) {
        return parts.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static String text(List<Part> parts) {
        return kind(parts, TextPart.class).stream()
                .map(TextPart::text)
                .collect(Collectors.joining());
    }

    private static String thoughts(List<Part> parts) {
        return kind(parts, ReasoningPart.class).stream()
                .map(ReasoningPart::text)
                .collect(Collectors.joining());
    }
}
