package dev.bindery.host.protocol;

import dev.bindery.api.TokenLogprob;
import tools.jackson.databind.node.ObjectNode;

/** Probabilities of tokens. A token's few bytes are a list of numbers from 0 to 255. */
final class LogprobCodec {
    private LogprobCodec() {}

    static ObjectNode encode(TokenLogprob logprob) {
        WireObject wire =
                new WireObject()
                        .text("token", logprob.token())
                        .number("logprob", logprob.logprob())
                        .list("alternatives", logprob.alternatives(), LogprobCodec::encode);
        logprob.bytes().ifPresent(bytes -> wire.ints("bytes", ints(bytes)));
        return wire.node();
    }

    static TokenLogprob decode(WireReader wire) {
        return TokenLogprob.builder(wire.text("token"), wire.number("logprob"))
                .bytes(wire.intsIf("bytes").map(LogprobCodec::bytes).orElse(null))
                .alternatives(wire.list("alternatives", LogprobCodec::decode))
                .build();
    }

    private static int[] ints(byte[] bytes) {
        int[] ints = new int[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            ints[i] = Byte.toUnsignedInt(bytes[i]);
        }
        return ints;
    }

    private static byte[] bytes(int[] ints) {
        byte[] bytes = new byte[ints.length];
        for (int i = 0; i < ints.length; i++) {
            if (ints[i] < 0 || ints[i] > 255) {
                throw new ProtocolException("a byte is 0 to 255, not " + ints[i]);
            }
            bytes[i] = (byte) ints[i];
        }
        return bytes;
    }
}
