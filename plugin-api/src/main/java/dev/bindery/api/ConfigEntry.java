package dev.bindery.api;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/** One setting of a {@link ConfigTemplate}: its name, type, default value and limits. */
@API(status = API.Status.STABLE, since = "1.0")
public final class ConfigEntry {
    private final String name;
    private final SettingType type;
    private final JsonValue value;
    private final String help;
    private final @Nullable Double min;
    private final @Nullable Double max;
    private final List<String> options;
    private final boolean required;
    private final boolean secret;
    private final @Nullable Double step;
    private final @Nullable String placeholder;

    private ConfigEntry(Builder builder) {
        name = builder.name;
        type = builder.type;
        value = builder.value;
        help = builder.help;
        min = builder.min;
        max = builder.max;
        options = builder.options;
        required = builder.required;
        secret = builder.secret;
        step = builder.step;
        placeholder = builder.placeholder;
        if (!(value instanceof JsonNull)) {
            SettingCheck.problem(this, value)
                    .ifPresent(problem -> {
                        throw new IllegalArgumentException("default value: " + problem);
                    });
        }
    }

    /** A builder with defaults for everything else. */
    public static Builder builder(String name, SettingType type) {
        return new Builder(name, type);
    }

    /** The name: lower case letters, digits and underscores, beginning with a letter. */
    public String name() {
        return name;
    }

    /** What kind of value it has. */
    public SettingType type() {
        return type;
    }

    /** The default; {@link JsonNull} for none. */
    public JsonValue value() {
        return value;
    }

    /** What it is for, with its unit; for people. */
    public String help() {
        return help;
    }

    /** The least number, or the least length of a text or list. */
    public OptionalDouble min() {
        return min == null ? OptionalDouble.empty() : OptionalDouble.of(min);
    }

    /** The greatest number, or the greatest length of a text or list. */
    public OptionalDouble max() {
        return max == null ? OptionalDouble.empty() : OptionalDouble.of(max);
    }

    /** The values that are allowed; empty when all are. */
    public List<String> options() {
        return options;
    }

    /** Whether an instance waits until this has a value that is not empty. */
    public boolean required() {
        return required;
    }

    /** Whether the value is never shown, and is kept apart from the other settings. */
    public boolean secret() {
        return secret;
    }

    /** By how much a number is changed at a time in a form. */
    public OptionalDouble step() {
        return step == null ? OptionalDouble.empty() : OptionalDouble.of(step);
    }

    /** What a form shows while there is no value. */
    public Optional<String> placeholder() {
        return Optional.ofNullable(placeholder);
    }

    /**
     * Builds {@link ConfigEntry}s; not for several threads. Each method sets what the accessor of
     * its name returns.
     */
    public static final class Builder {
        private final String name;
        private final SettingType type;
        private JsonValue value = JsonNull.NULL;
        private String help = "";
        private @Nullable Double min;
        private @Nullable Double max;
        private List<String> options = List.of();
        private boolean required;
        private boolean secret;
        private @Nullable Double step;
        private @Nullable String placeholder;

        private Builder(String name, SettingType type) {
            this.name = Objects.requireNonNull(name, "name");
            this.type = Objects.requireNonNull(type, "type");
        }

        /** The default; {@link JsonValue#of} tells what it may be. */
        public Builder value(@Nullable Object value) {
            this.value = JsonValue.of(value);
            return this;
        }

        public Builder help(String help) {
            this.help = Objects.requireNonNull(help, "help");
            return this;
        }

        public Builder min(@Nullable Double min) {
            this.min = min;
            return this;
        }

        public Builder max(@Nullable Double max) {
            this.max = max;
            return this;
        }

        public Builder options(List<String> options) {
            this.options = List.copyOf(options);
            return this;
        }

        public Builder required(boolean required) {
            this.required = required;
            return this;
        }

        public Builder secret(boolean secret) {
            this.secret = secret;
            return this;
        }

        public Builder step(@Nullable Double step) {
            this.step = step;
            return this;
        }

        public Builder placeholder(@Nullable String placeholder) {
            this.placeholder = placeholder;
            return this;
        }

        /**
         * @throws IllegalArgumentException when the default is not a value that the entry allows
         */
        public ConfigEntry build() {
            return new ConfigEntry(this);
        }
    }
}
