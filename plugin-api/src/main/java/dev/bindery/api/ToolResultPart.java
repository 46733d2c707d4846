package dev.bindery.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** What a tool answered. */
@API(status = API.Status.STABLE, since = "1.0")
public final class ToolResultPart extends Part {
    private final String callId;
    private final @Nullable String name;
    private final List<Part> parts;
    private final boolean isError;

    private ToolResultPart(
            String callId,
            @Nullable String name,
            List<Part> parts,
            boolean isError,
            @Nullable CacheHint cacheHint,
            JsonObject providerData) {
        super(cacheHint, providerData);
        this.callId = Objects.requireNonNull(callId, "callId");
        this.name = name;
        this.parts = List.copyOf(parts);
        this.isError = isError;
    }

    /** A result that is a text. */
    public static ToolResultPart of(String callId, String text) {
        return of(callId, null, List.of(TextPart.of(text)), false);
    }

    /** A result of any parts; the name of the tool where it is known. */
    public static ToolResultPart of(
            String callId, @Nullable String name, List<Part> parts, boolean isError) {
        return new ToolResultPart(callId, name, parts, isError, null, JsonObject.EMPTY);
    }

    /** The id of the {@link ToolCallPart} that this answers. */
    public String callId() {
        return callId;
    }

    /** The tool's name, where the client gave it. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The result: text, perhaps media. */
    public List<Part> parts() {
        return parts;
    }

    /** Whether the tool failed. */
    public boolean isError() {
        return isError;
    }

    /** The text of the result's text parts, joined. */
    public String text() {
        return Message.textOf(parts);
    }

    @Override
    public ToolResultPart withCacheHint(@Nullable CacheHint hint) {
        return new ToolResultPart(callId, name, parts, isError, hint, providerData());
    }

    @Override
    public ToolResultPart withProviderData(JsonObject data) {
        return new ToolResultPart(callId, name, parts, isError, cacheHint().orElse(null), data);
    }
}
