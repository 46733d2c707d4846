package dev.bindery.host.generation;

import dev.bindery.api.BindingException;
import dev.bindery.api.Caller;
import dev.bindery.api.Cancellation;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Models;
import dev.bindery.api.TokenCount;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.Reach;
import dev.bindery.host.ServedModel;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** The models of other instances, as far as the operator lets one instance use them. */
public final class InstanceModels implements Models {
    private final String instance;
    private final Reach reach;
    private final ModelRouter router;

    /**
     * @param instance who asks for them
     */
    public InstanceModels(String instance, Reach reach, ModelRouter router) {
        this.instance = instance;
        this.reach = reach;
        this.router = router;
    }

    @Override
    public List<String> names() {
        return router.models().stream()
                .map(ServedModel::id)
                .filter(reach::allows)
                .filter(model -> !model.startsWith(instance + "/"))
                .toList();
    }

    @Override
    public boolean allows(String model) {
        return reach.allows(model);
    }

    @Override
    public ModelInfo model(String name) {
        checkReach(name);
        ServedModel model = router.resolve(name);
        return model.info().toBuilder().name(name).capabilities(model.capabilities()).build();
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Errand errand = errand(request.model());
        Listener listener = new Listener(callback);
        GenerationResult result =
                joined(
                        request.cancellation(),
                        errand,
                        cancellation ->
                                errand.models(router)
                                        .generate(
                                                request.toBuilder()
                                                        .caller(caller(request.caller(), errand))
                                                        .retries(
                                                                errand.retries()
                                                                        .atMost(
                                                                                request.retries()
                                                                                        .left()))
                                                        .cancellation(cancellation)
                                                        .build(),
                                                listener::on));
        return listener.result(result);
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        Errand errand = errand(request.model());
        return joined(
                request.cancellation(),
                errand,
                cancellation ->
                        errand.models(router)
                                .embed(
                                        request.toBuilder()
                                                .caller(caller(request.caller(), errand))
                                                .retries(
                                                        errand.retries()
                                                                .atMost(request.retries().left()))
                                                .cancellation(cancellation)
                                                .build()));
    }

    @Override
    public int[] tokenize(String model, String text) {
        Errand errand = errand(model);
        return ofAnother(() -> errand.models(router).tokenize(model, text));
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        Errand errand = errand(model);
        return ofAnother(() -> errand.models(router).detokenize(model, tokens));
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        Errand errand = errand(request.model());
        return joined(
                request.cancellation(),
                errand,
                cancellation ->
                        errand.models(router)
                                .countTokens(
                                        request.toBuilder().cancellation(cancellation).build()));
    }

    /** What the thread is at, which is not on its own behalf. */
    private Errand errand(String model) {
        checkReach(model);
        return Errand.current()
                .filter(Errand::isUnderWay)
                .orElseThrow(() ->
                        BindingException.unsupported(
                                "%s asked for %s on its own; a binding may use other instances only while it answers a call, on the thread that runs it"
                                        .formatted(instance, model)));
    }

    private void checkReach(String model) {
        int slash = model.indexOf('/');
        if (slash < 1) {
            throw BindingException.invalidRequest(
                    "models of other instances are named instance/model, not '%s'"
                            .formatted(model));
        }
        if (!reach.allows(model)) {
            throw new BindingException(
                    ErrorCode.NOT_CONFIGURED,
                    "the operator has not let %s use '%s'; add to conf/instances/%s.yaml: calls: [%s]"
                            .formatted(instance, model, instance, model.substring(0, slash)));
        }
    }

    /** Whoever made a request of his own asks for the one who asked him. */
    private static Caller caller(Caller given, Errand errand) {
        return given.equals(Caller.UNKNOWN) ? errand.caller() : given;
    }

    /** Ends with what the binding passes on, and with the call that the binding is asked for. */
    private static <T> T joined(Cancellation given, Errand errand, Function<Cancellation, T> call) {
        if (given.equals(errand.cancellation())) {
            return ofAnother(() -> call.apply(given));
        }
        CancellationSource either = new CancellationSource();
        try (var _ = given.onCancel(either::cancel);
                var _ = errand.cancellation().onCancel(either::cancel)) {
            return ofAnother(() -> call.apply(either));
        }
    }

    /** Another binding's defect is not one of the binding that asks it. */
    private static <T> T ofAnother(Supplier<T> call) {
        try {
            return call.get();
        } catch (BindingException e) {
            if (!e.code().equals(ErrorCode.INTERNAL)) {
                throw e;
            }
            throw BindingException.builder(ErrorCode.UPSTREAM_ERROR, String.valueOf(e.getMessage()))
                    .usage(e.usage().orElse(null))
                    .build();
        }
    }
}
