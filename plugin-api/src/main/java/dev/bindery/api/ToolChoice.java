package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Whether and which tools the model shall call. The modes grow: compare with the constants, and
 * expect modes that you do not know.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class ToolChoice {
    /** The model decides. */
    public static final ToolChoice AUTO = new ToolChoice("auto", null);

    /** No tool is called. */
    public static final ToolChoice NONE = new ToolChoice("none", null);

    /** At least one tool is called. */
    public static final ToolChoice REQUIRED = new ToolChoice("required", null);

    private final String mode;
    private final @Nullable String tool;

    private ToolChoice(String mode, @Nullable String tool) {
        this.mode = Objects.requireNonNull(mode, "mode");
        this.tool = tool;
    }

    /** That tool is called. */
    public static ToolChoice tool(String name) {
        return new ToolChoice("tool", Objects.requireNonNull(name, "name"));
    }

    /** A choice of any mode without a tool's name. */
    public static ToolChoice of(String mode) {
        return new ToolChoice(mode, null);
    }

    /** auto, none, required, or tool; expect others. */
    public String mode() {
        return mode;
    }

    /** The tool's name, for mode tool. */
    public Optional<String> tool() {
        return Optional.ofNullable(tool);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ToolChoice that
                && that.mode.equals(mode)
                && Objects.equals(that.tool, tool);
    }

    @Override
    public int hashCode() {
        return Objects.hash(mode, tool);
    }

    @Override
    public String toString() {
        return tool == null ? mode : mode + " " + tool;
    }
}
