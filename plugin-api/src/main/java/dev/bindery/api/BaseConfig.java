package dev.bindery.api;

import java.util.Map;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * Settings as somebody gave them, not yet held against a template: the guide's {@code BaseConfig}.
 *
 * @param values the values by name
 */
@API(status = API.Status.STABLE, since = "1.0")
public record BaseConfig(JsonObject values) {
    public static final BaseConfig EMPTY = new BaseConfig(JsonObject.EMPTY);

    public BaseConfig {
        Objects.requireNonNull(values, "values");
    }

    /** The settings of a Java map; {@link JsonValue#of} tells what the values may be. */
    public static BaseConfig of(Map<String, ?> config) {
        return new BaseConfig(JsonObject.ofMap(config));
    }

    /** The names only: a value may be a secret. */
    @Override
    public String toString() {
        return "BaseConfig" + values.fields().keySet();
    }
}
