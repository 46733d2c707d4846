package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** The model's request to call a tool. */
@API(status = API.Status.STABLE, since = "1.0")
public final class ToolCallPart extends Part {
    private final String id;
    private final String name;
    private final String arguments;

    private ToolCallPart(
            String id,
            String name,
            String arguments,
            @Nullable CacheHint cacheHint,
            JsonObject providerData) {
        super(cacheHint, providerData);
        this.id = Objects.requireNonNull(id, "id");
        this.name = Objects.requireNonNull(name, "name");
        this.arguments = Objects.requireNonNull(arguments, "arguments");
    }

    /** A call with its arguments as JSON text. */
    public static ToolCallPart of(String id, String name, String arguments) {
        return new ToolCallPart(id, name, arguments, null, JsonObject.EMPTY);
    }

    /** The call's id; the result names it. */
    public String id() {
        return id;
    }

    /** The tool's name. */
    public String name() {
        return name;
    }

    /**
     * The arguments as JSON text, normally an object; as the model wrote it, so perhaps not
     * well-formed.
     */
    public String arguments() {
        return arguments;
    }

    @Override
    public ToolCallPart withCacheHint(@Nullable CacheHint hint) {
        return new ToolCallPart(id, name, arguments, hint, providerData());
    }

    @Override
    public ToolCallPart withProviderData(JsonObject data) {
        return new ToolCallPart(id, name, arguments, cacheHint().orElse(null), data);
    }
}
