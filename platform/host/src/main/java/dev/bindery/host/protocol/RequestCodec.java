package dev.bindery.host.protocol;

import dev.bindery.api.Cancellation;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.ReasoningEffort;
import dev.bindery.api.ReasoningOptions;
import dev.bindery.api.ResponseFormat;
import tools.jackson.databind.node.ObjectNode;

/** Requests to generate. The cancellation travels apart, as a message of its own. */
public final class RequestCodec {
    private RequestCodec() {}

    public static ObjectNode encode(GenerationRequest request, BlobWriter blobs) {
        WireObject wire =
                new WireObject()
                        .text("model", request.model())
                        .node("input", InputCodec.encode(request.input(), blobs))
                        .whole("maxTokens", request.maxTokens())
                        .node("sampling", SamplingCodec.encode(request.sampling()))
                        .whole("candidates", request.candidates())
                        .whole("logprobs", request.logprobs())
                        .list("tools", request.tools(), ToolCodec::encode)
                        .node("toolChoice", request.toolChoice(), ToolCodec::encode)
                        .node("responseFormat", format(request.responseFormat()))
                        .node("reasoning", request.reasoning(), RequestCodec::reasoning)
                        .flag("streaming", request.streaming())
                        .flag("verbose", request.verbose())
                        .nanos("keepAliveNanos", request.keepAlive())
                        .json("parameters", request.parameters())
                        .node("caller", CallerCodec.encode(request.caller()))
                        .nanos("remainingNanos", request.remaining())
                        .whole("retriesLeft", RetryCodec.left(request.retries()));
        request.parallelTools().ifPresent(parallel -> wire.truth("parallelTools", parallel));
        return wire.node();
    }

    /**
     * The request.
     *
     * @throws ProtocolException when it is not whole, or no request that the contract allows
     */
    public static GenerationRequest decode(
            WireReader wire, BlobReader blobs, Cancellation cancellation) {
        GenerationRequest.Builder request =
                GenerationRequest.builder(
                                wire.text("model"), InputCodec.decode(wire.object("input"), blobs))
                        .tools(wire.list("tools", ToolCodec::tool))
                        .toolChoice(wire.objectIf("toolChoice").map(ToolCodec::choice).orElse(null))
                        .parallelTools(wire.flagIf("parallelTools").orElse(null))
                        .reasoning(
                                wire.objectIf("reasoning")
                                        .map(RequestCodec::reasoning)
                                        .orElse(null))
                        .streaming(wire.flag("streaming"))
                        .verbose(wire.flag("verbose"))
                        .keepAlive(wire.nanosIf("keepAliveNanos").orElse(null))
                        .parameters(wire.jsonObject("parameters"))
                        .timeLimit(wire.nanosIf("remainingNanos").orElse(null))
                        .retries(RetryCodec.budget(wire))
                        .cancellation(cancellation);
        wire.objectIf("sampling").map(SamplingCodec::decode).ifPresent(request::sampling);
        wire.objectIf("responseFormat")
                .map(RequestCodec::format)
                .ifPresent(request::responseFormat);
        wire.objectIf("caller").map(CallerCodec::decode).ifPresent(request::caller);
        wire.intIf("maxTokens").ifPresent(request::maxTokens);
        wire.intIf("candidates").ifPresent(request::candidates);
        wire.intIf("logprobs").ifPresent(request::logprobs);
        return built(request);
    }

    private static GenerationRequest built(GenerationRequest.Builder request) {
        try {
            return request.build();
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("no request of the contract: " + e.getMessage(), e);
        }
    }

    private static ObjectNode format(ResponseFormat format) {
        return new WireObject()
                .text("kind", format.kind())
                .text("name", format.name())
                .text("description", format.description())
                .node("schema", format.schema(), JsonTree::encode)
                .flag("strict", format.strict())
                .node();
    }

    private static ResponseFormat format(WireReader wire) {
        return ResponseFormat.builder(wire.text("kind"))
                .name(wire.textIf("name").orElse(null))
                .description(wire.textIf("description").orElse(null))
                .schema(wire.has("schema") ? wire.jsonObject("schema") : null)
                .strict(wire.flag("strict"))
                .build();
    }

    private static ObjectNode reasoning(ReasoningOptions reasoning) {
        return new WireObject()
                .text("effort", reasoning.effort().map(ReasoningEffort::name))
                .whole("budgetTokens", reasoning.budgetTokens())
                .truth("includeThoughts", reasoning.includeThoughts())
                .node();
    }

    private static ReasoningOptions reasoning(WireReader wire) {
        ReasoningOptions.Builder reasoning =
                ReasoningOptions.builder()
                        .effort(wire.textIf("effort").map(ReasoningEffort::new).orElse(null));
        wire.intIf("budgetTokens").ifPresent(reasoning::budgetTokens);
        wire.flagIf("includeThoughts").ifPresent(reasoning::includeThoughts);
        return reasoning.build();
    }
}
