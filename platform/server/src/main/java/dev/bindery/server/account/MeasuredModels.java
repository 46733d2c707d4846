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
import dev.bindery.host.Errand;
import dev.bindery.host.ModelRouter;
import dev.bindery.server.models.ModelsBehind;
import java.util.function.Supplier;

/**
 * The models of a host, whose calls are noted in the account of the request that makes them, and so
 * are those that bindings make of other instances meanwhile. Safe for all threads.
 */
public final class MeasuredModels extends ModelsBehind {
    /** What a provider says that an answer cost, in US dollars: a field of a result's metadata. */
    private static final String TOLD = "cost";

    private final Pricing pricing;
    private final Ledger ledger;

    /**
     * @param listener hears of the calls that bindings make
     */
    public MeasuredModels(ModelRouter all, Pricing pricing, RequestListener listener) {
        this(all, pricing, new Ledger.OfRequests(listener));
    }

    private MeasuredModels(ModelRouter all, Pricing pricing, Ledger ledger) {
        super(all);
        this.pricing = pricing;
        this.ledger = ledger;
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        String operation = request.chat().isPresent() ? "chat" : "text_completion";
        CallAccount call = ledger.begin(operation, request.model()).orElse(null);
        if (call == null) {
            return super.generate(request, sink);
        }
        return measured(
                call,
                () -> {
                    GenerationResult result = super.generate(request, call.hearing(sink));
                    call.ended(result);
                    told(call, result.metadata());
                    return result;
                });
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        CallAccount call = ledger.begin("embeddings", request.model()).orElse(null);
        if (call == null) {
            return super.embed(request);
        }
        return measured(
                call,
                () -> {
                    EmbeddingResult result = super.embed(request);
                    call.ended(result.usage());
                    return result;
                });
    }

    private <T> T measured(CallAccount call, Supplier<T> made) {
        findModel(call);
        Ledger behind = ledger.behind(call);
        Errand errand = Errand.current().orElseGet(Errand::beginning);
        try {
            return errand.before(models -> new MeasuredModels(models, pricing, behind))
                    .during(made::get);
        } catch (RuntimeException e) {
            call.failed(e);
            throw e;
        } finally {
            findModel(call);
            estimate(call);
            ledger.end(call);
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
        if (call.ownCost().isEmpty()) {
            call.model()
                    .flatMap(pricing::of)
                    .ifPresent(price ->
                            price.cost(call.usage())
                                    .ifPresent(amount ->
                                            call.cost(new Cost(price.currency(), amount))));
        }
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
