package dev.bindery.api;

import java.util.Objects;
import org.apiguardian.api.API;

/** A command of a binding, declared in config.yaml: run by {@link LlmBinding#execute}. */
@API(status = API.Status.STABLE, since = "1.0")
public final class CommandInfo {
    private final String name;
    private final String help;
    private final ConfigTemplate parameters;

    private CommandInfo(Builder builder) {
        name = builder.name;
        help = builder.help;
        parameters = builder.parameters;
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String name) {
        return new Builder(name);
    }

    /** The command's name: lower case letters, digits and underscores. */
    public String name() {
        return name;
    }

    /** What it does, for people. */
    public String help() {
        return help;
    }

    /** Its arguments. */
    public ConfigTemplate parameters() {
        return parameters;
    }

    /** A builder that starts with everything that this one holds. */
    public Builder toBuilder() {
        Builder builder = new Builder(name);
        builder.help = help;
        builder.parameters = parameters;
        return builder;
    }

    /**
     * Builds {@link CommandInfo}s; not for several threads. Each method sets what the accessor of
     * its name returns.
     */
    public static final class Builder {
        private String name;
        private String help = "";
        private ConfigTemplate parameters = ConfigTemplate.EMPTY;

        private Builder(String name) {
            this.name = Objects.requireNonNull(name, "name");
        }

        public Builder name(String name) {
            this.name = Objects.requireNonNull(name, "name");
            return this;
        }

        public Builder help(String help) {
            this.help = Objects.requireNonNull(help, "help");
            return this;
        }

        public Builder parameters(ConfigTemplate parameters) {
            this.parameters = Objects.requireNonNull(parameters, "parameters");
            return this;
        }

        public CommandInfo build() {
            return new CommandInfo(this);
        }
    }
}
