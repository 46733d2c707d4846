package dev.bindery.binding.replay;

import dev.bindery.api.Blob;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Operation;
import dev.bindery.http.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import tools.jackson.databind.node.ArrayNode;

/** Hears an answer on its way and notes what comes when. For one thread at a time. */
final class Tape implements GenerationCallback {
    private final GenerationCallback next;
    private final OperationForm form;
    private final LongSupplier nanoTime;
    private final long start;
    private final ArrayNode operations = Json.array();
    private final List<Blob> media = new ArrayList<>();
    private boolean complete = true;

    Tape(GenerationCallback next, OperationForm form, LongSupplier nanoTime) {
        this.next = next;
        this.form = form;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
    }

    @Override
    public boolean on(Operation operation) {
        long atMs = (nanoTime.getAsLong() - start) / 1_000_000;
        operations.add(form.write(operation, atMs));
        operation.media().flatMap(MediaPart::blob).ifPresent(media::add);
        complete &= next.on(operation);
        return complete;
    }

    /** Whether the client heard it to its end. */
    boolean isComplete() {
        return complete;
    }

    ArrayNode operations() {
        return operations;
    }

    List<Blob> media() {
        return media;
    }
}
