package dev.bindery.host.protocol;

import dev.bindery.api.Timings;
import dev.bindery.api.Usage;
import tools.jackson.databind.node.ObjectNode;

/** What a call used: tokens and time. Unknown is absent, never 0. */
final class UsageCodec {
    private UsageCodec() {}

    static ObjectNode encode(Usage usage) {
        return new WireObject()
                .whole("inputTokens", usage.inputTokens())
                .whole("cacheReadTokens", usage.cacheReadTokens())
                .whole("cacheWriteTokens", usage.cacheWriteTokens())
                .whole("outputTokens", usage.outputTokens())
                .whole("reasoningTokens", usage.reasoningTokens())
                .node();
    }

    static Usage usage(WireReader wire) {
        Usage.Builder usage = Usage.builder();
        wire.wholeIf("inputTokens").ifPresent(usage::inputTokens);
        wire.wholeIf("cacheReadTokens").ifPresent(usage::cacheReadTokens);
        wire.wholeIf("cacheWriteTokens").ifPresent(usage::cacheWriteTokens);
        wire.wholeIf("outputTokens").ifPresent(usage::outputTokens);
        wire.wholeIf("reasoningTokens").ifPresent(usage::reasoningTokens);
        return usage.build();
    }

    static ObjectNode encode(Timings timings) {
        return new WireObject()
                .nanos("loadNanos", timings.load())
                .nanos("promptNanos", timings.prompt())
                .nanos("generationNanos", timings.generation())
                .node();
    }

    static Timings timings(WireReader wire) {
        return Timings.builder()
                .load(wire.nanosIf("loadNanos").orElse(null))
                .prompt(wire.nanosIf("promptNanos").orElse(null))
                .generation(wire.nanosIf("generationNanos").orElse(null))
                .build();
    }
}
