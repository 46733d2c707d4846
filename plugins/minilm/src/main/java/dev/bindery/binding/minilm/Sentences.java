package dev.bindery.binding.minilm;

import ai.onnxruntime.OrtException;
import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Usage;
import java.util.ArrayList;
import java.util.List;

/** Turns the texts of one request into vectors. For one thread. */
final class Sentences {
    private final SentenceModel model;
    private long counted;

    Sentences(SentenceModel model) {
        this.model = model;
    }

    EmbeddingResult embed(EmbeddingRequest request) throws OrtException {
        int wanted = request.dimensions().orElse(SentenceModel.DIMENSIONS);
        if (wanted != SentenceModel.DIMENSIONS) {
            throw BindingException.unsupported(
                    "%s makes vectors of %d dimensions, not %d"
                            .formatted(MiniLmBinding.MODEL, SentenceModel.DIMENSIONS, wanted));
        }
        List<long[]> texts =
                request.inputs().stream().map(input -> tokens(input, request.truncate())).toList();
        List<float[]> vectors = new ArrayList<>(texts.size());
        for (long[] tokens : texts) {
            request.cancellation().throwIfCancelled();
            vectors.add(model.vector(tokens));
        }
        return EmbeddingResult.builder(vectors).usage(Usage.of(counted, 0)).build();
    }

    private long[] tokens(EmbeddingInput input, boolean truncate) {
        long[] tokens = model.tokens(text(input));
        int count = SentenceModel.count(tokens);
        if (count > SentenceModel.MOST_TOKENS && !truncate) {
            throw new BindingException(
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                    "a text to be embedded has %d tokens; %s takes %d at most"
                            .formatted(count, MiniLmBinding.MODEL, SentenceModel.MOST_TOKENS));
        }
        counted += Math.min(count, SentenceModel.MOST_TOKENS);
        return count > SentenceModel.MOST_TOKENS ? SentenceModel.cut(tokens) : tokens;
    }

    private static String text(EmbeddingInput input) {
        String text =
                input.text()
                        .orElseThrow(() ->
                                BindingException.unsupported(
                                        "tokens as input; this model takes texts only: send strings"));
        if (text.isBlank()) {
            throw BindingException.invalidRequest("a text to be embedded is empty");
        }
        return text;
    }
}
