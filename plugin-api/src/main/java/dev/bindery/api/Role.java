package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Who speaks in a {@link Message}.
 *
 * <p>The set grows: compare with the constants, and expect names that you do not know.
 *
 * @param name the name as it stands in config.yaml and on the wire, lower case
 */
@API(status = API.Status.STABLE, since = "1.0")
public record Role(String name) {
    /** Instructions of the application. */
    public static final Role SYSTEM = new Role("system");

    /** Instructions of the developer; a provider without this role takes it as {@link #SYSTEM}. */
    public static final Role DEVELOPER = new Role("developer");

    /** The user. */
    public static final Role USER = new Role("user");

    /** The model. */
    public static final Role ASSISTANT = new Role("assistant");

    /** Results of tools; the message's parts are {@link ToolResultPart}s. */
    public static final Role TOOL = new Role("tool");

    public Role {
        Objects.requireNonNull(name, "name");
    }

    @Override
    public String toString() {
        return name;
    }
}
