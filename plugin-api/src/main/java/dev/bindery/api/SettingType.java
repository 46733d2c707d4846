package dev.bindery.api;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import org.apiguardian.api.API;

/** What a setting's value is: the guide's {@code "type"}. A closed set. */
@API(status = API.Status.STABLE, since = "1.0")
public enum SettingType {
    /** A whole number: {@link JsonLong}. */
    INT,
    /** A number: {@link JsonDouble} or {@link JsonLong}. */
    FLOAT,
    /** A text on one line: {@link JsonString}. */
    STR,
    /** A text of several lines: {@link JsonString}. */
    TEXT,
    /** A truth value: {@link JsonBoolean}. */
    BOOL,
    /** A list of texts: {@link JsonArray} of {@link JsonString}. */
    LIST,
    /** A map: {@link JsonObject}. */
    DICT,
    /** A path to a file: {@link JsonString}. */
    FILE,
    /** A path to a folder: {@link JsonString}. */
    FOLDER,
    /**
     * A button that runs the command of the setting's name; it has no value. A command without
     * parameters need not be declared beside it.
     */
    BTN;

    /** The name in config.yaml, lower case. */
    public String yamlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that name in config.yaml; absent when there is none. */
    public static Optional<SettingType> ofYamlName(String name) {
        return Arrays.stream(values()).filter(type -> type.yamlName().equals(name)).findFirst();
    }
}
