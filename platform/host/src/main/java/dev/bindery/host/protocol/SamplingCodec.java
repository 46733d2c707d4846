package dev.bindery.host.protocol;

import dev.bindery.api.Sampling;
import tools.jackson.databind.node.ObjectNode;

/** How a model picks its tokens. */
final class SamplingCodec {
    private SamplingCodec() {}

    static ObjectNode encode(Sampling sampling) {
        return new WireObject()
                .number("temperature", sampling.temperature())
                .number("topP", sampling.topP())
                .whole("topK", sampling.topK())
                .number("minP", sampling.minP())
                .number("repeatPenalty", sampling.repeatPenalty())
                .whole("repeatLastN", sampling.repeatLastN())
                .number("presencePenalty", sampling.presencePenalty())
                .number("frequencyPenalty", sampling.frequencyPenalty())
                .whole("seed", sampling.seed())
                .texts("stop", sampling.stop())
                .node();
    }

    static Sampling decode(WireReader wire) {
        Sampling.Builder sampling = Sampling.builder().stop(wire.texts("stop"));
        wire.numberIf("temperature").ifPresent(sampling::temperature);
        wire.numberIf("topP").ifPresent(sampling::topP);
        wire.intIf("topK").ifPresent(sampling::topK);
        wire.numberIf("minP").ifPresent(sampling::minP);
        wire.numberIf("repeatPenalty").ifPresent(sampling::repeatPenalty);
        wire.intIf("repeatLastN").ifPresent(sampling::repeatLastN);
        wire.numberIf("presencePenalty").ifPresent(sampling::presencePenalty);
        wire.numberIf("frequencyPenalty").ifPresent(sampling::frequencyPenalty);
        wire.wholeIf("seed").ifPresent(sampling::seed);
        return sampling.build();
    }
}
