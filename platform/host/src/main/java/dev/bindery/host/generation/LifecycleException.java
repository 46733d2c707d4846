package dev.bindery.host.generation;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.util.function.UnaryOperator;

/** A step of a binding's life that failed; the message is one sentence for the operator. */
public final class LifecycleException extends RuntimeException {
    private final ErrorCode code;

    public LifecycleException(String message) {
        this(message, ErrorCode.INTERNAL);
    }

    private LifecycleException(String message, ErrorCode code) {
        super(message);
        this.code = code;
    }

    static LifecycleException of(String method, BindingException failure) {
        String text = String.valueOf(failure.getMessage());
        return new LifecycleException(
                failure.code().equals(ErrorCode.INTERNAL)
                        ? method + " failed: " + text.replaceFirst("^the binding failed: ", "")
                        : text,
                failure.code());
    }

    /** The same failure without the secrets of an instance. */
    LifecycleException masked(UnaryOperator<String> mask) {
        return new LifecycleException(mask.apply(String.valueOf(getMessage())), code);
    }

    /** Whether it waits for a setting that only the binding knows to be needed. */
    public boolean needsConfiguration() {
        return code.equals(ErrorCode.NOT_CONFIGURED);
    }

    ErrorCode code() {
        return code;
    }
}
