package dev.bindery.echo;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TokenCount;
import dev.bindery.api.TypedConfig;
import dev.bindery.api.Usage;
import java.util.ArrayList;
import java.util.List;

/**
 * Answers with what it was told. Useful to try a client, to test whatever lies between client and
 * binding, and to copy when a binding of one's own begins.
 *
 * <p>Safe for many calls at once: a request's state lives in its {@link Recital}.
 */
public final class EchoBinding extends LlmBinding {
    private static final String MODEL = "echo";
    private static final int MAX_CANDIDATES = 128;
    private static final int MAX_DIMENSIONS = 65_536;

    private final Tokenizer tokenizer = new Tokenizer();
    private final Heard heard = new Heard(tokenizer);
    private volatile EchoSettings settings = new EchoSettings(0, 0, 384, JsonObject.EMPTY);

    @Override
    public void start(BindingContext context) {
        settings = EchoSettings.of(context.config());
    }

    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        settings = EchoSettings.of(updated);
        return true;
    }

    @Override
    public List<String> listModels() {
        return List.of(MODEL);
    }

    @Override
    public List<ModelInfo> availableModels() {
        return List.of(
                ModelInfo.builder(MODEL)
                        .displayName("Echo")
                        .description("Answers with what it was told")
                        .capabilities(context().card().capabilities())
                        .embeddingDimensions(settings.dimensions())
                        .license("Apache-2.0")
                        .build());
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        check(request);
        Plan plan = Plan.of(heard.text(request.input()), request);
        Script script = settings.script(request.parameters());
        long inputTokens = heard.tokens(request.input());
        try (Pace pace = new Pace(request.cancellation())) {
            return new Recital(plan, script, pace, new Answer(callback), inputTokens)
                    .give(request.candidates());
        }
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        checkModel(request.model());
        int dimensions = dimensions(request);
        List<float[]> vectors = new ArrayList<>();
        long tokens = 0;
        for (EmbeddingInput input : request.inputs()) {
            request.cancellation().throwIfCancelled();
            vectors.add(TextVector.of(heard.text(input), dimensions));
            tokens += heard.tokens(input);
        }
        return EmbeddingResult.builder(vectors).usage(Usage.of(tokens, 0)).build();
    }

    @Override
    public int[] tokenize(String model, String text) {
        checkModel(model);
        return tokenizer.tokenize(text);
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        checkModel(model);
        return tokenizer.detokenize(tokens);
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        checkModel(request.model());
        return TokenCount.exactly(heard.tokens(request.input()));
    }

    private int dimensions(EmbeddingRequest request) {
        int dimensions = request.dimensions().orElse(settings.dimensions());
        if (dimensions > MAX_DIMENSIONS) {
            throw BindingException.invalidRequest(
                    "%d dimensions; echo gives at most %d".formatted(dimensions, MAX_DIMENSIONS));
        }
        return dimensions;
    }

    private static void check(GenerationRequest request) {
        checkModel(request.model());
        if (!request.tools().isEmpty()) {
            throw BindingException.unsupported("echo calls no tools; send the request without any");
        }
        if (request.candidates() > MAX_CANDIDATES) {
            throw BindingException.invalidRequest(
                    "%d answers at once; echo gives at most %d"
                            .formatted(request.candidates(), MAX_CANDIDATES));
        }
    }

    private static void checkModel(String model) {
        if (!model.equals(MODEL)) {
            throw BindingException.modelNotFound(
                    "there is no model %s; there is: %s".formatted(model, MODEL));
        }
    }
}
