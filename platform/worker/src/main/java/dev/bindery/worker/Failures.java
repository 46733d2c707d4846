package dev.bindery.worker;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.protocol.ProtocolException;

/** What a binding throws, as what the host is told. */
final class Failures {
    private Failures() {}

    static BindingException of(Throwable thrown, boolean cancelled) {
        return switch (thrown) {
            case BindingException e -> e;
            case ProtocolException e ->
                    BindingException.invalidRequest(String.valueOf(e.getMessage()));
            case RefusedJarException e ->
                    new BindingException(ErrorCode.INTERNAL, String.valueOf(e.getMessage()));
            case InterruptedException _ when cancelled -> BindingException.cancelled();
            default -> new BindingException(ErrorCode.INTERNAL, "the binding failed: " + thrown);
        };
    }

    /** Whether the host's log should say more than the caller is told. */
    static boolean isUnexpected(Throwable thrown) {
        return !(thrown instanceof BindingException
                || thrown instanceof ProtocolException
                || thrown instanceof RefusedJarException
                || thrown instanceof InterruptedException);
    }
}
