package dev.bindery.host.process;

import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.RetryBudget;
import dev.bindery.api.TokenCount;
import dev.bindery.host.protocol.EmbeddingCodec;
import dev.bindery.host.protocol.OperationCodec;
import dev.bindery.host.protocol.RequestCodec;
import dev.bindery.host.protocol.ResultCodec;
import dev.bindery.host.protocol.RetryCodec;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.util.Map;
import java.util.function.BiPredicate;
import tools.jackson.databind.node.ObjectNode;

/** What a child is asked to answer, to embed, to count and to do. */
final class GenerationQuestions {
    private GenerationQuestions() {}

    static Question<GenerationResult> generate(
            GenerationRequest request, GenerationCallback callback) {
        return Question.of(
                        "generate",
                        blobs -> RequestCodec.encode(request, blobs),
                        (line, blobs) -> ResultCodec.decode(line.object("result"), blobs))
                .hearing(
                        operations(callback).and(settling(request.retries())),
                        request.cancellation());
    }

    static Question<EmbeddingResult> embed(EmbeddingRequest request) {
        return Question.of(
                        "embed",
                        EmbeddingCodec.encode(request),
                        line -> EmbeddingCodec.result(line.object("result")))
                .hearing(settling(request.retries()), request.cancellation());
    }

    static Question<int[]> tokenize(String model, String text) {
        return Question.of(
                "tokenize",
                new WireObject().text("model", model).text("text", text).node(),
                line -> line.intsIf("result").orElseGet(() -> new int[0]));
    }

    static Question<String> detokenize(String model, int[] tokens) {
        return Question.of(
                "detokenize",
                new WireObject().text("model", model).ints("tokens", tokens).node(),
                line -> line.text("result"));
    }

    static Question<TokenCount> count(GenerationRequest request) {
        return Question.of(
                        "countTokens",
                        blobs -> RequestCodec.encode(request, blobs),
                        (line, _) -> count(line.object("result")))
                .hearing(settling(request.retries()), request.cancellation());
    }

    static Question<JsonValue> execute(
            String command, Map<String, JsonValue> arguments, ProgressListener listener) {
        ObjectNode asked =
                new WireObject()
                        .text("command", command)
                        .json("arguments", new JsonObject(arguments))
                        .node();
        return Question.of("execute", asked, line -> line.json("result"))
                .hearing(ModelQuestions.progress(listener), listener.cancellation());
    }

    private static BiPredicate<WireReader, CallBlobs> operations(GenerationCallback callback) {
        return (line, blobs) ->
                line.objectIf("operation")
                        .map(operation -> callback.on(OperationCodec.decode(operation, blobs)))
                        .orElse(true);
    }

    /** Counts here what was tried again there. */
    private static BiPredicate<WireReader, CallBlobs> settling(RetryBudget retries) {
        return (line, _) -> {
            RetryCodec.settle(line, retries);
            return true;
        };
    }

    private static TokenCount count(WireReader count) {
        return new TokenCount(count.whole("tokens"), count.flag("exact"));
    }
}
