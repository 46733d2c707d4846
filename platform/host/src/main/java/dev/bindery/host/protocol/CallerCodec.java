package dev.bindery.host.protocol;

import dev.bindery.api.Caller;
import tools.jackson.databind.node.ObjectNode;

/** Who asks. */
final class CallerCodec {
    private CallerCodec() {}

    static ObjectNode encode(Caller caller) {
        return new WireObject()
                .text("requestId", caller.requestId())
                .text("traceparent", caller.traceparent())
                .text("keyName", caller.keyName())
                .text("session", caller.session())
                .node();
    }

    static Caller decode(WireReader wire) {
        return Caller.builder(wire.text("requestId"))
                .traceparent(wire.textIf("traceparent").orElse(null))
                .keyName(wire.textIf("keyName").orElse(null))
                .session(wire.textIf("session").orElse(null))
                .build();
    }
}
