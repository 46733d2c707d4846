package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What the model thought before it answered. */
@API(status = API.Status.STABLE, since = "1.0")
public final class ReasoningPart extends Part {
    private final String text;
    private final @Nullable String signature;
    private final boolean redacted;

    private ReasoningPart(
            String text,
            @Nullable String signature,
            boolean redacted,
            @Nullable CacheHint cacheHint,
            JsonObject providerData) {
        super(cacheHint, providerData);
        this.text = Objects.requireNonNull(text, "text");
        this.signature = signature;
        this.redacted = redacted;
    }

    /** Thoughts without a signature. */
    public static ReasoningPart of(String text) {
        return of(text, null, false);
    }

    /** Thoughts as the provider gave them. */
    public static ReasoningPart of(String text, @Nullable String signature, boolean redacted) {
        return new ReasoningPart(text, signature, redacted, null, JsonObject.EMPTY);
    }

    /** The thoughts, or a summary of them; empty when they are redacted. */
    public String text() {
        return text;
    }

    /** The provider's signature over the thoughts; goes back unchanged in the next turn. */
    public Optional<String> signature() {
        return Optional.ofNullable(signature);
    }

    /**
     * Whether the provider withheld the text; what it sent instead is in {@link #providerData()}.
     */
    public boolean redacted() {
        return redacted;
    }

    @Override
    public ReasoningPart withCacheHint(@Nullable CacheHint hint) {
        return new ReasoningPart(text, signature, redacted, hint, providerData());
    }

    @Override
    public ReasoningPart withProviderData(JsonObject data) {
        return new ReasoningPart(text, signature, redacted, cacheHint().orElse(null), data);
    }
}
