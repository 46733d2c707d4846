package dev.bindery.server.lollms;

import dev.bindery.api.Operation;
import dev.bindery.server.answer.WholeCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Operations whose texts never end in half a character: the half goes with the next piece of its
 * candidate. For one thread.
 */
final class WholeOperations {
    private final Map<Integer, WholeCharacters> texts = new TreeMap<>();

    Operation whole(Operation operation) {
        return switch (operation.type().name()) {
            case "ADD_CHUNK" -> withText(operation, characters(operation).add(operation.text()));
            case "REPLACE_LAST", "SET_CONTENT", "SET_CONTENT_INVISIBLE_TO_AI" -> {
                characters(operation).rest();
                yield withText(operation, characters(operation).add(operation.text()));
            }
            default -> operation;
        };
    }

    /** The halves whose other half never came. */
    List<Operation> rest() {
        List<Operation> rest = new ArrayList<>();
        texts.forEach((candidate, characters) -> {
            String half = characters.rest();
            if (!half.isEmpty()) {
                rest.add(Operation.chunk(half).withCandidate(candidate));
            }
        });
        return rest;
    }

    private WholeCharacters characters(Operation operation) {
        return texts.computeIfAbsent(operation.candidate(), _ -> new WholeCharacters());
    }

    private static Operation withText(Operation operation, String text) {
        return text.equals(operation.text())
                ? operation
                : Operation.of(operation.type(), text)
                        .withMetadata(operation.metadata())
                        .withCandidate(operation.candidate());
    }
}
