package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A part of one API that the contract has no name for. A binding that speaks the same dialect
 * forwards it; every other binding ignores it.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class OpaquePart extends Part {
    private final String dialect;
    private final String kind;
    private final JsonValue content;

    private OpaquePart(
            String dialect,
            String kind,
            JsonValue content,
            @Nullable CacheHint cacheHint,
            JsonObject providerData) {
        super(cacheHint, providerData);
        this.dialect = Objects.requireNonNull(dialect, "dialect");
        this.kind = Objects.requireNonNull(kind, "kind");
        this.content = Objects.requireNonNull(content, "content");
    }

    /** A part of that dialect that this contract has no type for. */
    public static OpaquePart of(String dialect, String kind, JsonValue content) {
        return new OpaquePart(dialect, kind, content, null, JsonObject.EMPTY);
    }

    /** The API that it came in by: openai, anthropic, gemini, … */
    public String dialect() {
        return dialect;
    }

    /** The dialect's own name of the kind. */
    public String kind() {
        return kind;
    }

    /** The part as it came. */
    public JsonValue content() {
        return content;
    }

    @Override
    public OpaquePart withCacheHint(@Nullable CacheHint hint) {
        return new OpaquePart(dialect, kind, content, hint, providerData());
    }

    @Override
    public OpaquePart withProviderData(JsonObject data) {
        return new OpaquePart(dialect, kind, content, cacheHint().orElse(null), data);
    }
}
