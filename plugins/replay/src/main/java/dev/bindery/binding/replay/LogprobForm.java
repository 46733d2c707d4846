package dev.bindery.binding.replay;

import dev.bindery.api.TokenLogprob;
import dev.bindery.http.Json;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Log probabilities of tokens. Negative infinity, which JSON has no number for, is a null. */
final class LogprobForm {
    private LogprobForm() {}

    static ArrayNode write(List<TokenLogprob> logprobs) {
        return Fields.list(logprobs.stream().map(LogprobForm::write).toList());
    }

    private static ObjectNode write(TokenLogprob logprob) {
        Fields fields = new Fields().text("token", logprob.token());
        if (Double.isFinite(logprob.logprob())) {
            fields.node().put("logprob", logprob.logprob());
        } else {
            fields.node().putNull("logprob");
        }
        return fields.text("bytes", logprob.bytes().map(Base64.getEncoder()::encodeToString))
                .node("alternatives", write(logprob.alternatives()))
                .node();
    }

    static List<TokenLogprob> read(JsonNode logprobs) {
        List<TokenLogprob> read = new ArrayList<>();
        for (JsonNode logprob : logprobs) {
            double value =
                    logprob.path("logprob").isNumber()
                            ? logprob.path("logprob").doubleValue()
                            : Double.NEGATIVE_INFINITY;
            Optional<byte[]> bytes = Fields.text(logprob, "bytes").map(Base64.getDecoder()::decode);
            read.add(
                    TokenLogprob.builder(Json.text(logprob, "token"), value)
                            .bytes(bytes.orElse(null))
                            .alternatives(read(logprob.path("alternatives")))
                            .build());
        }
        return read;
    }
}
