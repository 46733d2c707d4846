package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Health;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.apiguardian.api.API;

/**
 * How a provider is, as the last call tells that tells anything about it. Free for all threads.
 *
 * <p>A call that failed for the request's own sake, was cancelled or refused for its rate says
 * nothing, nor does one that came to its end without sending anything through an {@link Upstream}:
 * a list of models that the settings name. A wrong key, no connection or a broken answer is for the
 * operator to see. The host lists models every 30 seconds, so that a provider that goes away or
 * comes back between two requests is seen by then.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class ProviderHealth {
    private static final Set<ErrorCode> OPERATORS_BUSINESS =
            Set.of(
                    ErrorCode.UPSTREAM_AUTHENTICATION,
                    ErrorCode.UPSTREAM_UNAVAILABLE,
                    ErrorCode.UPSTREAM_ERROR);

    private static final ScopedValue<AtomicBoolean> ASKED = ScopedValue.newInstance();

    private volatile Health last = Health.UP;

    /** The provider is asked on this thread. */
    static void asked() {
        if (ASKED.isBound()) {
            ASKED.get().set(true);
        }
    }

    /** Makes the call and remembers how it went. */
    public <T> T observed(Supplier<T> call) {
        AtomicBoolean asked = new AtomicBoolean();
        try {
            T result = ScopedValue.where(ASKED, asked).call(call::get);
            if (asked.get()) {
                last = Health.UP;
            }
            return result;
        } catch (BindingException e) {
            if (OPERATORS_BUSINESS.contains(e.code())) {
                last = Health.degraded(String.valueOf(e.getMessage()));
            }
            throw e;
        }
    }

    /** For {@link dev.bindery.api.LlmBinding#health()}. */
    public Health health() {
        return last;
    }
}
