package dev.bindery.host.call;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.function.UnaryOperator;

/**
 * Turns whatever a binding throws into a {@link BindingException} that holds nothing of its
 * classes.
 */
public final class Failures {
    private Failures() {}

    public static BindingException of(Throwable thrown) {
        return switch (thrown) {
            case BindingException e -> copy(e);
            case InterruptedException _ -> BindingException.cancelled();
            case InterruptedIOException e ->
                    new BindingException(
                            ErrorCode.TIMEOUT, "the provider took too long: " + text(e));
            case IOException e ->
                    new BindingException(
                            ErrorCode.UPSTREAM_UNAVAILABLE,
                            "the provider cannot be reached: " + text(e));
            default ->
                    new BindingException(ErrorCode.INTERNAL, "the binding failed: " + text(thrown));
        };
    }

    /** The binding's exception may hold a cause of the binding's own class loader. */
    private static BindingException copy(BindingException e) {
        return reworded(e, UnaryOperator.identity());
    }

    /** The same failure with another wording. */
    static BindingException reworded(BindingException e, UnaryOperator<String> wording) {
        BindingException.Builder copy =
                BindingException.builder(e.code(), wording.apply(String.valueOf(e.getMessage())))
                        .retryAfter(e.retryAfter().orElse(null))
                        .usage(e.usage().orElse(null));
        e.upstreamStatus().ifPresent(copy::upstreamStatus);
        return copy.build();
    }

    private static String text(Throwable thrown) {
        try {
            return thrown instanceof ExceptionInInitializerError && thrown.getCause() != null
                    ? "a static initialiser threw " + thrown.getCause()
                    : String.valueOf(thrown);
        } catch (Throwable e) {
            // Its own text may throw anything as well.
            return thrown.getClass().getName();
        }
    }
}
