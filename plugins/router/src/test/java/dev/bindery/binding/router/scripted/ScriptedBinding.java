package dev.bindery.binding.router.scripted;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
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
import dev.bindery.api.OperationType;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import dev.bindery.api.Usage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/**
 * Does what its setting says: {@code ok}, {@code fail CODE}, {@code found CODE}, {@code late CODE},
 * {@code hang}.
 */
public final class ScriptedBinding extends LlmBinding {
    private volatile String script = "ok";
    private volatile String model = "m";

    @Override
    public void start(BindingContext context) {
        script = context.config().string("script");
        model = context.config().string("model");
    }

    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        script = updated.string("script");
        return updated.string("model").equals(model);
    }

    @Override
    public List<String> listModels() {
        return List.of(model);
    }

    @Override
    public List<ModelInfo> availableModels() {
        return List.of(
                ModelInfo.builder(model)
                        .contextLength(context().config().string("script").length() * 1000)
                        .embeddingDimensions(2)
                        .build());
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback)
            throws Exception {
        note("calls");
        Answer answer = new Answer(callback);
        String[] now = script.split(" ");
        switch (now[0]) {
            case "fail" -> {
                answer.operation(OperationType.STEP, "working");
                throw failure(now);
            }
            case "found" -> {
                answer.on(
                        Operation.of(OperationType.JSON_INFOS, "{}")
                                .withMetadata(
                                        JsonObject.of("opaque", JsonObject.of("kind", "found"))));
                throw failure(now);
            }
            case "late" -> {
                answer.chunk("half ");
                throw failure(now);
            }
            case "retry" -> {
                int taken = 0;
                while (request.retries().take()) {
                    taken++;
                }
                throw new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, "tried again " + taken);
            }
            case "hang" -> hang(request);
            default -> {}
        }
        for (String piece : List.of("I ", "am ", context().instance())) {
            if (!answer.chunk(piece)) {
                return answer.result(FinishReason.CANCELLED);
            }
        }
        return answer.result(FinishReason.STOP).withUsage(Usage.of(1, 3));
    }

    private static BindingException failure(String[] now) {
        BindingException.Builder failure =
                BindingException.builder(ErrorCode.of(now[1]), "on purpose").usage(Usage.of(1, 1));
        return now.length > 2
                ? failure.retryAfter(Duration.ofSeconds(Long.parseLong(now[2]))).build()
                : failure.build();
    }

    private void hang(GenerationRequest request) throws Exception {
        CountDownLatch told = new CountDownLatch(1);
        try (var _ = request.cancellation().onCancel(told::countDown)) {
            note("hanging");
            told.await();
            note("told");
        }
        throw BindingException.cancelled();
    }

    private void note(String what) throws IOException {
        Files.writeString(
                context().dataDirectory().resolve(what),
                "x",
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        if (!script.equals("ok")) {
            throw failure(script.split(" "));
        }
        float first = context().instance().charAt(0);
        return EmbeddingResult.of(
                request.inputs().stream().map(_ -> new float[] {first, 1}).toList());
    }

    @Override
    public int[] tokenize(String model, String text) {
        if (!script.equals("ok")) {
            throw failure(script.split(" "));
        }
        return new int[] {context().instance().charAt(0), text.length()};
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return context().instance() + tokens.length;
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        if (!script.equals("ok")) {
            throw failure(script.split(" "));
        }
        return TokenCount.exactly(context().instance().charAt(0));
    }
}
