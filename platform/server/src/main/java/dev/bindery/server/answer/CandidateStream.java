package dev.bindery.server.answer;

import dev.bindery.api.Operation;
import java.util.OptionalLong;

/** How far one candidate of a {@link StreamedAnswer} has come. */
final class CandidateStream {
    private final CallOrder order = new CallOrder();
    private final DeltaText text;
    private final WholeCharacters reasoning = new WholeCharacters();
    private OptionalLong part = OptionalLong.empty();

    CandidateStream(boolean corrections) {
        text = new DeltaText(corrections);
    }

    CallOrder order() {
        return order;
    }

    DeltaText text() {
        return text;
    }

    WholeCharacters reasoning() {
        return reasoning;
    }

    /**
     * Whether the operation is on another text than the one before; a binding tells them apart by a
     * {@code part} in the metadata.
     */
    boolean begins(Operation operation) {
        OptionalLong told = operation.metadata().whole("part");
        boolean another = told.isPresent() && !told.equals(part);
        part = another ? told : part;
        return another;
    }
}
