package dev.bindery.api;

import java.util.Objects;
import java.util.Optional;
import org.apiguardian.api.API;

/**
 * Whether and which tools the model shall call.
 *
 * @param mode auto, none, required, or tool; expect others
 * @param tool the tool's name, for mode tool
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record ToolChoice(String mode, Optional<String> tool) {
    /** The model decides. */
    public static final ToolChoice AUTO = new ToolChoice("auto", Optional.empty());

    /** No tool is called. */
    public static final ToolChoice NONE = new ToolChoice("none", Optional.empty());

    /** At least one tool is called. */
    public static final ToolChoice REQUIRED = new ToolChoice("required", Optional.empty());

    public ToolChoice {
        Objects.requireNonNull(mode, "mode");
        Objects.requireNonNull(tool, "tool");
    }

    /** That tool is called. */
    public static ToolChoice tool(String name) {
        return new ToolChoice("tool", Optional.of(name));
    }
}
