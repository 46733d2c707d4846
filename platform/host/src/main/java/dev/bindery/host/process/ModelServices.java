package dev.bindery.host.process;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Models;
import dev.bindery.api.RetryBudget;
import dev.bindery.api.TokenCount;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import dev.bindery.host.protocol.EmbeddingCodec;
import dev.bindery.host.protocol.ModelCodec;
import dev.bindery.host.protocol.RequestCodec;
import dev.bindery.host.protocol.ResultCodec;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** One request of a child that concerns the models of other instances. */
record ModelServices(
        Models models, HostReply reply, CallBlobs blobs, CancellationSource cancellation) {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    JsonNode answer(String method, WireReader arguments) {
        return switch (method) {
            case "models.names" -> texts(models.names());
            case "models.allows" -> NODES.booleanNode(models.allows(arguments.text("model")));
            case "models.model" -> ModelCodec.encode(models.model(arguments.text("model")));
            case "models.generate" -> generate(arguments);
            case "models.embed" -> embed(arguments);
            case "models.tokenize" -> tokenize(arguments);
            case "models.detokenize" -> detokenize(arguments);
            case "models.countTokens" -> countTokens(arguments);
            default -> throw BindingException.unsupported("this host does not offer " + method);
        };
    }

    private JsonNode generate(WireReader arguments) {
        GenerationRequest request = RequestCodec.decode(arguments, blobs, cancellation);
        GenerationResult result =
                settling(() -> models.generate(request, o -> reply.operation(o, blobs)));
        return ResultCodec.encode(result, blobs);
    }

    private JsonNode embed(WireReader arguments) {
        EmbeddingRequest request = EmbeddingCodec.request(arguments, cancellation);
        return EmbeddingCodec.encode(settling(() -> models.embed(request)));
    }

    private JsonNode tokenize(WireReader arguments) {
        ArrayNode tokens = NODES.arrayNode();
        for (int token : models.tokenize(arguments.text("model"), arguments.text("text"))) {
            tokens.add(token);
        }
        return tokens;
    }

    private JsonNode detokenize(WireReader arguments) {
        int[] tokens = arguments.intsIf("tokens").orElseGet(() -> new int[0]);
        return NODES.stringNode(models.detokenize(arguments.text("model"), tokens));
    }

    private JsonNode countTokens(WireReader arguments) {
        TokenCount count = models.countTokens(RequestCodec.decode(arguments, blobs, cancellation));
        return new WireObject()
                .whole("tokens", count.tokens())
                .truth("exact", count.exact())
                .node();
    }

    /** Tells the child what was tried again, so that its budget shrinks, too. */
    private <T> T settling(Supplier<T> call) {
        RetryBudget budget = Errand.current().map(Errand::retries).orElse(RetryBudget.UNLIMITED);
        int before = budget.left();
        try {
            return call.get();
        } finally {
            reply.retriesTaken(before - budget.left());
        }
    }

    private static JsonNode texts(List<String> texts) {
        ArrayNode array = NODES.arrayNode();
        texts.forEach(array::add);
        return array;
    }
}
