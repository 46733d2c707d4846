package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** Text. */
@API(status = API.Status.STABLE, since = "1.0")
public final class TextPart extends Part {
    private final String text;

    private TextPart(String text, @Nullable CacheHint cacheHint, JsonObject providerData) {
        super(cacheHint, providerData);
        this.text = Objects.requireNonNull(text, "text");
    }

    /** A part of that text. */
    public static TextPart of(String text) {
        return new TextPart(text, null, JsonObject.EMPTY);
    }

    /** The text, well-formed UTF-16. */
    public String text() {
        return text;
    }

    @Override
    public TextPart withCacheHint(@Nullable CacheHint hint) {
        return new TextPart(text, hint, providerData());
    }

    @Override
    public TextPart withProviderData(JsonObject data) {
        return new TextPart(text, cacheHint().orElse(null), data);
    }
}
