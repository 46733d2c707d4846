package dev.bindery.binding.replay;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.util.function.Supplier;

/** A recording that does not hold what it should; the message says where. */
final class UnreadableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnreadableException(String message) {
        super(message);
    }

    /** Does it, and tells such a failure in the contract's words. */
    static <T> T told(Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UnreadableException e) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_ERROR,
                    "the recording cannot be read: %s; correct or delete it"
                            .formatted(e.getMessage()),
                    e);
        }
    }
}
