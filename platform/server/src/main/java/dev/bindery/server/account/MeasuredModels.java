package dev.bindery.server.account;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonDouble;
import dev.bindery.api.JsonLong;
import dev.bindery.api.JsonNull;
import dev.bindery.api.JsonObject;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.models.ModelsBehind;

/**
 * The models of a host, whose calls are noted in the account of the request that makes them. Safe
 * for all threads.
 */
public final class MeasuredModels extends ModelsBehind {
    /** What a provider says that an answer cost, in US dollars: a field of a result's metadata. */
    private static final String TOLD = "cost";

    private final Pricing pricing;

    public MeasuredModels(ModelRouter all, Pricing pricing) {
        super(all);
        this.pricing = pricing;
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        if (!RequestAccount.CURRENT.isBound()) {
            return super.generate(request, sink);
        }
        String operation = request.chat().isPresent() ? "chat" : "text_completion";
        CallAccount call = begun(operation, request.model());
        try {
            GenerationResult result = super.generate(request, call.hearing(sink));
            call.ended(result);
            told(call, result.metadata());
            return result;
        } catch (RuntimeException e) {
            call.failed(e);
            throw e;
        } finally {
            findModel(call);
            estimate(call);
        }
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        if (!RequestAccount.CURRENT.isBound()) {
            return super.embed(request);
        }
        CallAccount call = begun("embeddings", request.model());
        try {
            EmbeddingResult result = super.embed(request);
            call.ended(result.usage());
            return result;
        } catch (RuntimeException e) {
            call.failed(e);
            throw e;
        } finally {
            findModel(call);
            estimate(call);
        }
    }

    /** The provider's own word counts more than any estimate. */
    private static void told(CallAccount call, JsonObject metadata) {
        double amount =
                switch (metadata.field(TOLD).orElse(JsonNull.NULL)) {
                    case JsonDouble number -> number.value();
                    case JsonLong number -> (double) number.value();
                    default -> -1;
                };
        if (amount >= 0) {
            call.cost(new Cost("USD", amount));
        }
    }

    private void estimate(CallAccount call) {
        if (call.cost().isEmpty()) {
            call.model()
                    .flatMap(pricing::of)
                    .ifPresent(price ->
                            price.cost(call.usage())
                                    .ifPresent(amount ->
                                            call.cost(new Cost(price.currency(), amount))));
        }
    }

    private CallAccount begun(String operation, String model) {
        CallAccount call = RequestAccount.CURRENT.get().call(operation, model);
        findModel(call);
        return call;
    }

    /** Asked again at the end where nobody served it at the beginning: a call may wait for that. */
    private void findModel(CallAccount call) {
        boolean unknown = call.error().filter(ErrorCode.MODEL_NOT_FOUND.name()::equals).isPresent();
        if (call.model().isEmpty() && !unknown) {
            try {
                call.model(resolve(call.asked()));
            } catch (BindingException _) {
                // The call itself says so, if it is not found then either.
            }
        }
    }
}
