package dev.bindery.benchmarks.probe;

import dev.bindery.api.Answer;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import java.util.List;

/**
 * Counts, every number as a piece of its own with the version of the jar before it, as in {@code
 * 1.0.7:42}: {@code slow} to {@link #PIECES}, one every {@link #INTERVAL_MILLIS}; {@code brief}
 * says the first one only.
 */
public final class CountingBinding extends LlmBinding {
    public static final int PIECES = 100;
    public static final int INTERVAL_MILLIS = 10;

    @Override
    public List<String> listModels() {
        return List.of("slow", "brief");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback)
            throws InterruptedException {
        int pieces = request.model().equals("slow") ? PIECES : 1;
        Answer answer = new Answer(callback);
        String version = context().card().version();
        for (int i = 0; i < pieces; i++) {
            if (i > 0) {
                Thread.sleep(INTERVAL_MILLIS);
            }
            if (!answer.chunk(version + ":" + i + " ")) {
                return answer.result(FinishReason.CANCELLED);
            }
        }
        return answer.result(FinishReason.STOP);
    }
}
