package dev.bindery.host.protocol;

import dev.bindery.api.Candidate;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import tools.jackson.databind.node.ObjectNode;

/** Whole answers. */
public final class ResultCodec {
    private ResultCodec() {}

    public static ObjectNode encode(GenerationResult result, BlobWriter blobs) {
        return new WireObject()
                .list("candidates", result.candidates(), one -> candidate(one, blobs))
                .node("usage", result.usage(), UsageCodec::encode)
                .node("timings", result.timings(), UsageCodec::encode)
                .json("metadata", result.metadata())
                .node();
    }

    /**
     * The answer.
     *
     * @throws ProtocolException when it is not whole, or has no candidate
     */
    public static GenerationResult decode(WireReader wire, BlobReader blobs) {
        var candidates = wire.list("candidates", one -> candidate(one, blobs));
        if (candidates.isEmpty()) {
            throw new ProtocolException("a result without a candidate");
        }
        return GenerationResult.builder()
                .candidates(candidates)
                .usage(wire.objectIf("usage").map(UsageCodec::usage).orElse(null))
                .timings(wire.objectIf("timings").map(UsageCodec::timings).orElse(null))
                .metadata(wire.jsonObject("metadata"))
                .build();
    }

    private static ObjectNode candidate(Candidate candidate, BlobWriter blobs) {
        return new WireObject()
                .list("parts", candidate.parts(), part -> PartCodec.encode(part, blobs))
                .text("finishReason", candidate.finishReason().name())
                .text("stopSequence", candidate.stopSequence())
                .list("logprobs", candidate.logprobs(), LogprobCodec::encode)
                .node();
    }

    private static Candidate candidate(WireReader wire, BlobReader blobs) {
        return Candidate.builder()
                .parts(wire.list("parts", part -> PartCodec.decode(part, blobs)))
                .finishReason(new FinishReason(wire.text("finishReason")))
                .stopSequence(wire.textIf("stopSequence").orElse(null))
                .logprobs(wire.list("logprobs", LogprobCodec::decode))
                .build();
    }
}
