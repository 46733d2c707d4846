package dev.bindery.server.http;

import dev.bindery.server.keys.ApiKey;
import java.util.Optional;

/** Who asks what the current thread is answering. Bound by the door for the time of a request. */
public final class Asker {
    static final ScopedValue<ApiKey> KEY = ScopedValue.newInstance();

    private Asker() {}

    /** The key that was shown; absent where none is needed, and outside of requests. */
    public static Optional<ApiKey> key() {
        return KEY.isBound() ? Optional.of(KEY.get()) : Optional.empty();
    }
}
