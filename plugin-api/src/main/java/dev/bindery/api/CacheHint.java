package dev.bindery.api;

import java.time.Duration;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The caller's wish that the provider keeps the conversation up to this part in its prompt cache. A
 * hint: a provider without such a cache ignores it.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class CacheHint {
    private final @Nullable Duration timeToLive;

    private CacheHint(@Nullable Duration timeToLive) {
        this.timeToLive = timeToLive;
    }

    /** A hint for the provider's usual time. */
    public static CacheHint usual() {
        return new CacheHint(null);
    }

    /** For that long, where the provider offers a choice. */
    public static CacheHint of(Duration timeToLive) {
        return new CacheHint(timeToLive);
    }

    /** How long to keep it; absent for the provider's usual time. */
    public Optional<Duration> timeToLive() {
        return Optional.ofNullable(timeToLive);
    }
}
