package dev.bindery.api;

import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A piece of a {@link Message}.
 *
 * <p>The kinds grow: {@link TextPart}, {@link MediaPart}, {@link ToolCallPart}, {@link
 * ToolResultPart}, {@link ReasoningPart}, {@link OpaquePart}, and others to come. Expect parts that
 * you do not know.
 */
@API(status = API.Status.STABLE, since = "1.0")
public abstract class Part {
    private final @Nullable CacheHint cacheHint;
    private final JsonObject providerData;

    Part(@Nullable CacheHint cacheHint, JsonObject providerData) {
        this.cacheHint = cacheHint;
        this.providerData = providerData;
    }

    /** The wish that the provider caches the conversation up to here. */
    public Optional<CacheHint> cacheHint() {
        return Optional.ofNullable(cacheHint);
    }

    /**
     * What the provider attached to this part of its answer and wants back unchanged in the next
     * turn: signatures of thoughts, encrypted reasoning. Under keys of the binding's own choice;
     * empty when there is none.
     */
    public JsonObject providerData() {
        return providerData;
    }

    /** This part with that hint; null for none. */
    public abstract Part withCacheHint(@Nullable CacheHint hint);

    /** This part with what the provider attached. */
    public abstract Part withProviderData(JsonObject data);
}
