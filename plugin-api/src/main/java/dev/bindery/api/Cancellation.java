package dev.bindery.api;

import org.apiguardian.api.API;

/**
 * Tells a call that nobody waits for it any more. All methods may be called from any thread.
 *
 * <p>The host sets the flag and runs the callbacks at once; the calling thread is interrupted only
 * after two seconds, and a call that ignores both for five counts as stuck.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface Cancellation {
    /** Never cancelled. */
    Cancellation NONE =
            new Cancellation() {
                @Override
                public boolean isCancelled() {
                    return false;
                }

                @Override
                public Registration onCancel(Runnable action) {
                    return () -> {};
                }
            };

    /** Whether nobody waits any more; once true, always true. */
    boolean isCancelled();

    /**
     * Runs the action once when this is cancelled, on a thread of the host; at once when it already
     * is. Keep it short: close the connection, set the flag.
     *
     * @return closes the registration; the action then no longer runs
     */
    Registration onCancel(Runnable action);

    /** Throws {@link ErrorCode#CANCELLED} when this is cancelled. */
    default void throwIfCancelled() {
        if (isCancelled()) {
            throw BindingException.cancelled();
        }
    }

    /** A registered callback. */
    @FunctionalInterface
    interface Registration extends AutoCloseable {
        @Override
        void close();
    }
}
