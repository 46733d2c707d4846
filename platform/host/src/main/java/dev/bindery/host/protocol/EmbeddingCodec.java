package dev.bindery.host.protocol;

import dev.bindery.api.Cancellation;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/**
 * Requests for vectors and the vectors. A vector is one text: its 32-bit floats, little-endian, in
 * base64; exact, and a fraction of the size of numbers in decimal.
 */
public final class EmbeddingCodec {
    private EmbeddingCodec() {}

    public static ObjectNode encode(EmbeddingRequest request) {
        return new WireObject()
                .text("model", request.model())
                .list("inputs", request.inputs(), EmbeddingCodec::input)
                .text("purpose", request.purpose().map(EmbeddingPurpose::name))
                .whole("dimensions", request.dimensions())
                .truth("truncate", request.truncate())
                .nanos("keepAliveNanos", request.keepAlive())
                .json("parameters", request.parameters())
                .node("caller", CallerCodec.encode(request.caller()))
                .nanos("remainingNanos", request.remaining())
                .whole("retriesLeft", RetryCodec.left(request.retries()))
                .node();
    }

    /**
     * The request.
     *
     * @throws ProtocolException when it is not whole
     */
    public static EmbeddingRequest request(WireReader wire, Cancellation cancellation) {
        EmbeddingRequest.Builder request =
                EmbeddingRequest.builder(
                                wire.text("model"), wire.list("inputs", EmbeddingCodec::input))
                        .purpose(wire.textIf("purpose").map(EmbeddingPurpose::new).orElse(null))
                        .keepAlive(wire.nanosIf("keepAliveNanos").orElse(null))
                        .parameters(wire.jsonObject("parameters"))
                        .timeLimit(wire.nanosIf("remainingNanos").orElse(null))
                        .retries(RetryCodec.budget(wire))
                        .cancellation(cancellation);
        wire.intIf("dimensions").ifPresent(request::dimensions);
        wire.flagIf("truncate").ifPresent(request::truncate);
        wire.objectIf("caller").map(CallerCodec::decode).ifPresent(request::caller);
        return request.build();
    }

    public static ObjectNode encode(EmbeddingResult result) {
        List<String> vectors = result.vectors().stream().map(EmbeddingCodec::text).toList();
        return new WireObject()
                .texts("vectors", vectors)
                .node("usage", result.usage(), UsageCodec::encode)
                .node();
    }

    /**
     * The vectors.
     *
     * @throws ProtocolException when one of them is no vector
     */
    public static EmbeddingResult result(WireReader wire) {
        List<float[]> vectors = wire.texts("vectors").stream().map(EmbeddingCodec::floats).toList();
        return EmbeddingResult.builder(vectors)
                .usage(wire.objectIf("usage").map(UsageCodec::usage).orElse(null))
                .build();
    }

    private static ObjectNode input(EmbeddingInput input) {
        WireObject wire = new WireObject().text("text", input.text());
        input.tokens().ifPresent(tokens -> wire.ints("tokens", tokens));
        return wire.node();
    }

    private static EmbeddingInput input(WireReader wire) {
        return wire.intsIf("tokens")
                .map(EmbeddingInput::ofTokens)
                .orElseGet(() -> EmbeddingInput.of(wire.text("text")));
    }

    private static String text(float[] vector) {
        ByteBuffer bytes =
                ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static float[] floats(String text) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            float[] vector = new float[bytes.length / Float.BYTES];
            ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
            return vector;
        } catch (IllegalArgumentException e) {
            throw new ProtocolException("a vector that is not base64: " + e.getMessage(), e);
        }
    }
}
