package dev.bindery.server;

import dev.bindery.api.BindingException;
import dev.bindery.api.Candidate;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Operation;
import dev.bindery.api.Price;
import dev.bindery.api.Usage;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Takes ten tokens and gives five; the model does what its name says. {@code held} tells of its
 * usage and waits until it is cancelled.
 */
public final class MeteredBinding extends LlmBinding {
    private static final Usage USAGE = Usage.of(10, 5);

    @Override
    public List<String> listModels() {
        return List.of("priced", "billed", "broken", "held");
    }

    @Override
    public List<ModelInfo> availableModels() {
        Price price = Price.builder("USD").input(1000.0).output(2000.0).build();
        return listModels().stream()
                .map(name ->
                        ModelInfo.builder(name).price(name.equals("billed") ? null : price).build())
                .toList();
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback)
            throws InterruptedException {
        return switch (request.model()) {
            case "broken" -> throw new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "down");
            case "held" -> held(request, callback);
            case "billed" -> answer(callback, JsonObject.of("cost", 0.5));
            default -> answer(callback, JsonObject.EMPTY);
        };
    }

    private static GenerationResult answer(GenerationCallback callback, JsonObject metadata) {
        callback.chunk("well");
        return GenerationResult.builder()
                .candidates(List.of(Candidate.of("well", FinishReason.STOP)))
                .usage(USAGE)
                .metadata(metadata)
                .build();
    }

    private static GenerationResult held(GenerationRequest request, GenerationCallback callback)
            throws InterruptedException {
        callback.on(Operation.usage(USAGE));
        callback.chunk("one");
        CountDownLatch cancelled = new CountDownLatch(1);
        try (var _ = request.cancellation().onCancel(cancelled::countDown)) {
            cancelled.await();
        }
        throw BindingException.cancelled();
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return EmbeddingResult.builder(List.of(new float[] {1, 2})).usage(USAGE).build();
    }
}
