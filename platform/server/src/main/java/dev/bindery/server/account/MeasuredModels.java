package dev.bindery.server.account;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.TokenCount;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.ModelRouter;
import dev.bindery.host.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * The models of a host, whose calls are noted in the account of the request that makes them. Safe
 * for all threads.
 */
public final class MeasuredModels implements ModelRouter {
    private final ModelRouter all;

    public MeasuredModels(ModelRouter all) {
        this.all = all;
    }

    @Override
    public GenerationResult generate(GenerationRequest request, AnswerSink sink) {
        if (!RequestAccount.CURRENT.isBound()) {
            return all.generate(request, sink);
        }
        String operation = request.chat().isPresent() ? "chat" : "text_completion";
        CallAccount call = begun(operation, request.model());
        try {
            GenerationResult result = all.generate(request, call.hearing(sink));
            call.ended(result);
            return result;
        } catch (RuntimeException e) {
            call.failed(e);
            throw e;
        } finally {
            findModel(call);
        }
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        if (!RequestAccount.CURRENT.isBound()) {
            return all.embed(request);
        }
        CallAccount call = begun("embeddings", request.model());
        try {
            EmbeddingResult result = all.embed(request);
            call.ended(result.usage());
            return result;
        } catch (RuntimeException e) {
            call.failed(e);
            throw e;
        } finally {
            findModel(call);
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
                call.model(all.resolve(call.asked()));
            } catch (BindingException _) {
                // The call itself says so, if it is not found then either.
            }
        }
    }

    @Override
    public List<ServedModel> models() {
        return all.models();
    }

    @Override
    public List<ServedModel> availableModels() {
        return all.availableModels();
    }

    @Override
    public ServedModel resolve(String name) {
        return all.resolve(name);
    }

    @Override
    public int[] tokenize(String model, String text) {
        return all.tokenize(model, text);
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return all.detokenize(model, tokens);
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        return all.countTokens(request);
    }

    @Override
    public void pull(String model, ProgressListener listener) {
        all.pull(model, listener);
    }

    @Override
    public void delete(String model) {
        all.delete(model);
    }

    @Override
    public void load(String model) {
        all.load(model);
    }

    @Override
    public void load(String model, Duration keep) {
        all.load(model, keep);
    }

    @Override
    public void unload(String model) {
        all.unload(model);
    }

    @Override
    public Map<String, List<LoadedModel>> loaded() {
        return all.loaded();
    }
}
