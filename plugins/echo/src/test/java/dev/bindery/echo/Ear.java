package dev.bindery.echo;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Hears an answer, and keeps every operation. */
class Ear implements GenerationCallback {
    final List<Operation> operations = new CopyOnWriteArrayList<>();
    private final int wanted;

    Ear() {
        this(Integer.MAX_VALUE);
    }

    /** Wants so many operations and no more. */
    Ear(int wanted) {
        this.wanted = wanted;
    }

    @Override
    public boolean on(Operation operation) {
        if (operations.size() >= wanted) {
            return false;
        }
        operations.add(operation);
        return true;
    }

    List<String> chunks() {
        return operations.stream()
                .filter(operation -> operation.type().equals(OperationType.ADD_CHUNK))
                .map(Operation::text)
                .toList();
    }
}
