package dev.bindery.worker;

import dev.bindery.api.Cancellation;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Models;
import dev.bindery.api.RetryBudget;
import dev.bindery.api.TokenCount;
import dev.bindery.host.protocol.BlobWriter;
import dev.bindery.host.protocol.EmbeddingCodec;
import dev.bindery.host.protocol.ModelCodec;
import dev.bindery.host.protocol.OperationCodec;
import dev.bindery.host.protocol.RequestCodec;
import dev.bindery.host.protocol.ResultCodec;
import dev.bindery.host.protocol.RetryCodec;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** The models of other instances, which the host asks. */
record HostModels(HostRequests requests) implements Models {
    @Override
    public List<String> names() {
        return ask("models.names", new WireObject()).texts("result");
    }

    @Override
    public boolean allows(String model) {
        return ask("models.allows", new WireObject().text("model", model)).flag("result");
    }

    @Override
    public ModelInfo model(String name) {
        return ModelCodec.info(
                ask("models.model", new WireObject().text("model", name)).object("result"));
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
        Predicate<WireReader> operations =
                reply ->
                        reply.objectIf("operation")
                                .map(o -> OperationCodec.decode(o, requests.blobs()))
                                .map(callback::on)
                                .orElse(true);
        WireReader last =
                requests.ask(
                        "models.generate",
                        blobs -> RequestCodec.encode(request, blobs),
                        request.cancellation(),
                        settling(request.retries()).and(operations));
        return ResultCodec.decode(last.object("result"), requests.blobs());
    }

    @Override
    public EmbeddingResult embed(EmbeddingRequest request) {
        return EmbeddingCodec.result(
                requests.ask(
                                "models.embed",
                                _ -> EmbeddingCodec.encode(request),
                                request.cancellation(),
                                settling(request.retries()))
                        .object("result"));
    }

    @Override
    public int[] tokenize(String model, String text) {
        return ask("models.tokenize", new WireObject().text("model", model).text("text", text))
                .intsIf("result")
                .orElseGet(() -> new int[0]);
    }

    @Override
    public String detokenize(String model, int[] tokens) {
        return ask(
                        "models.detokenize",
                        new WireObject().text("model", model).ints("tokens", tokens))
                .text("result");
    }

    @Override
    public TokenCount countTokens(GenerationRequest request) {
        Function<BlobWriter, JsonNode> arguments = blobs -> RequestCodec.encode(request, blobs);
        WireReader count =
                requests.ask("models.countTokens", arguments, request.cancellation(), _ -> true)
                        .object("result");
        return new TokenCount(count.whole("tokens"), count.flag("exact"));
    }

    private WireReader ask(String method, WireObject arguments) {
        return requests.ask(method, _ -> arguments.node(), Cancellation.NONE, _ -> true);
    }

    /** Counts here what was tried again behind the host. */
    private static Predicate<WireReader> settling(RetryBudget retries) {
        return reply -> {
            RetryCodec.settle(reply, retries);
            return true;
        };
    }
}
