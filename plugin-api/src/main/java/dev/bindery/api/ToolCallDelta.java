package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A fragment of a tool call. The fragments of one index, joined, make the call: id and name come
 * with the first fragment of an index, the arguments join to one JSON object, and what the provider
 * attached last stands.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class ToolCallDelta {
    private final int index;
    private final @Nullable String id;
    private final @Nullable String name;
    private final String argumentsFragment;
    private final JsonObject providerData;

    private ToolCallDelta(
            int index,
            @Nullable String id,
            @Nullable String name,
            String argumentsFragment,
            JsonObject providerData) {
        this.index = index;
        this.id = id;
        this.name = name;
        this.argumentsFragment = Objects.requireNonNull(argumentsFragment, "argumentsFragment");
        this.providerData = Objects.requireNonNull(providerData, "providerData");
        if (index < 0) {
            throw new IllegalArgumentException("calls count from 0, not from " + index);
        }
    }

    /**
     * The first fragment of a call.
     *
     * @param index which call of the answer, from 0
     * @param argumentsFragment the first piece of the arguments' JSON text, perhaps empty
     */
    public static ToolCallDelta first(int index, String id, String name, String argumentsFragment) {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(name, "name");
        return new ToolCallDelta(index, id, name, argumentsFragment, JsonObject.EMPTY);
    }

    /** The next piece of the arguments of a call that has begun. */
    public static ToolCallDelta next(int index, String argumentsFragment) {
        return new ToolCallDelta(index, null, null, argumentsFragment, JsonObject.EMPTY);
    }

    /** A call in one piece, with what the provider attached. */
    public static ToolCallDelta whole(int index, ToolCallPart call) {
        return new ToolCallDelta(
                index, call.id(), call.name(), call.arguments(), call.providerData());
    }

    /**
     * Any fragment.
     *
     * @param id null where this is not the call's first
     * @param name null where this is not the call's first
     */
    public static ToolCallDelta of(
            int index, @Nullable String id, @Nullable String name, String argumentsFragment) {
        return new ToolCallDelta(index, id, name, argumentsFragment, JsonObject.EMPTY);
    }

    /** Which call of the answer, from 0. */
    public int index() {
        return index;
    }

    /** The call's id, in the first fragment. */
    public Optional<String> id() {
        return Optional.ofNullable(id);
    }

    /** The tool's name, in the first fragment. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** The next piece of the arguments' JSON text, perhaps empty. */
    public String argumentsFragment() {
        return argumentsFragment;
    }

    /** What the provider attached: the {@link Part#providerData()} of the call; mostly empty. */
    public JsonObject providerData() {
        return providerData;
    }

    /** This fragment with what the provider attached. */
    public ToolCallDelta withProviderData(JsonObject data) {
        return new ToolCallDelta(index, id, name, argumentsFragment, data);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ToolCallDelta that
                && that.index == index
                && Objects.equals(that.id, id)
                && Objects.equals(that.name, name)
                && that.argumentsFragment.equals(argumentsFragment)
                && that.providerData.equals(providerData);
    }

    @Override
    public int hashCode() {
        return Objects.hash(index, id, name, argumentsFragment, providerData);
    }

    @Override
    public String toString() {
        return "ToolCallDelta[%d, %s, %s, %s]".formatted(index, id, name, argumentsFragment);
    }
}
