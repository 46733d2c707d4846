package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Prompt;
import dev.bindery.api.Usage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Turns texts into vectors with a model that was opened for that. For one thread. */
final class Embedder {
    private final Engine engine;
    private final EmbeddingRequest request;
    private long tokens;

    Embedder(Engine engine, EmbeddingRequest request) {
        this.engine = engine;
        this.request = request;
    }

    EmbeddingResult embed() throws InterruptedException {
        List<String> texts = new ArrayList<>();
        for (EmbeddingInput input : request.inputs()) {
            texts.add(fitting(input));
        }
        List<float[]> vectors = new ArrayList<>();
        for (String text : texts) {
            vectors.add(checked(vector(text)));
        }
        return EmbeddingResult.builder(vectors).usage(Usage.of(tokens, 0)).build();
    }

    private float[] vector(String text) throws InterruptedException {
        Slots.Slot slot = engine.slots().take(new int[0], request.cancellation());
        try {
            return engine.llama().embed(text);
        } finally {
            engine.slots().release(slot);
        }
    }

    /** The text, cut if need be and allowed; what it counts is added up. */
    private String fitting(EmbeddingInput input) {
        String text =
                input.text()
                        .orElseGet(() ->
                                engine.llama().text(engine.checked(input.tokens().orElseThrow())));
        int[] all = tokens(text);
        if (all.length == 0) {
            throw BindingException.invalidRequest("a text to be embedded is empty");
        }
        if (all.length > engine.context() && !request.truncate()) {
            throw new BindingException(
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                    "a text to be embedded has %d tokens; %s takes %d at most (setting embedding_context)"
                            .formatted(all.length, engine.model().name(), engine.context()));
        }
        for (int length = engine.context(); all.length > engine.context(); length--) {
            text = engine.llama().text(Arrays.copyOf(all, length));
            all = tokens(text);
        }
        tokens += all.length;
        return text;
    }

    private int[] tokens(String text) {
        return text.isEmpty() ? new int[0] : engine.tokens(Prompt.of(text));
    }

    private float[] checked(float[] vector) {
        int wanted = request.dimensions().orElse(vector.length);
        if (wanted != vector.length) {
            throw BindingException.unsupported(
                    "%s makes vectors of %d dimensions, not %d"
                            .formatted(engine.model().name(), vector.length, wanted));
        }
        return vector;
    }
}
