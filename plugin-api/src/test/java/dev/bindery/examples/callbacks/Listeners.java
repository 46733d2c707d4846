package dev.bindery.examples.callbacks;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.OperationType;
import java.io.PrintStream;

/** The other end: what whoever asks a binding does with the operations. */
final class Listeners {
    private Listeners() {}

    static GenerationCallback showingProgress(PrintStream out) {
        return operation -> {
            operation
                    .metadata()
                    .number("progress")
                    .ifPresent(done -> out.println("Progress: " + Math.round(done * 100) + "%"));
            return true;
        };
    }

    static GenerationCallback showingText(PrintStream out) {
        return operation -> {
            if (operation.type().equals(OperationType.ADD_CHUNK)) {
                out.print(operation.text());
            } else if (operation.type().equals(OperationType.NEW_LINE)) {
                out.println();
            }
            return true;
        };
    }
}
