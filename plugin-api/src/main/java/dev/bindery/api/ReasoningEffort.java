package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * How hard a model should think.
 *
 * <p>The set grows: compare with the constants, and expect names that you do not know.
 *
 * @param name the name as it stands in config.yaml and on the wire, lower case
 */
@API(status = API.Status.STABLE, since = "1.0")
public record ReasoningEffort(String name) {
    /** Not at all. */
    public static final ReasoningEffort NONE = new ReasoningEffort("none");

    /** As little as possible. */
    public static final ReasoningEffort MINIMAL = new ReasoningEffort("minimal");

    /** A little. */
    public static final ReasoningEffort LOW = new ReasoningEffort("low");

    /** The provider's usual measure. */
    public static final ReasoningEffort MEDIUM = new ReasoningEffort("medium");

    /** Thoroughly. */
    public static final ReasoningEffort HIGH = new ReasoningEffort("high");

    public ReasoningEffort {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
