package dev.bindery.host.protocol;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import tools.jackson.databind.node.ObjectNode;

/** Failures. A code that is not known here keeps its name, status and whether to try again. */
public final class FailureCodec {
    private FailureCodec() {}

    public static ObjectNode encode(BindingException failure) {
        ErrorCode code = failure.code();
        WireObject wire =
                new WireObject()
                        .text("code", code.name())
                        .text("message", String.valueOf(failure.getMessage()));
        if (!ErrorCode.of(code.name()).equals(code)) {
            wire.whole("httpStatus", code.httpStatus()).truth("retriable", code.retriable());
        }
        return wire.nanos("retryAfterNanos", failure.retryAfter())
                .whole("upstreamStatus", failure.upstreamStatus())
                .node("usage", failure.usage(), UsageCodec::encode)
                .node();
    }

    /**
     * The failure, without its cause, which stays where it happened.
     *
     * @throws ProtocolException when it is not whole
     */
    public static BindingException decode(WireReader wire) {
        BindingException.Builder failure =
                BindingException.builder(code(wire), wire.textIf("message").orElse(""))
                        .retryAfter(wire.nanosIf("retryAfterNanos").orElse(null))
                        .usage(wire.objectIf("usage").map(UsageCodec::usage).orElse(null));
        wire.intIf("upstreamStatus").ifPresent(failure::upstreamStatus);
        return failure.build();
    }

    private static ErrorCode code(WireReader wire) {
        ErrorCode code = ErrorCode.of(wire.text("code"));
        int status = wire.intIf("httpStatus").orElse(code.httpStatus());
        if (status < 400 || status > 599) {
            throw new ProtocolException("an error's status is 400 to 599, not " + status);
        }
        return new ErrorCode(
                code.name(), status, wire.flagIf("retriable").orElse(code.retriable()));
    }
}
