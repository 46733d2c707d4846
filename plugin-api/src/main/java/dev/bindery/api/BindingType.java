package dev.bindery.api;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.apiguardian.api.API;

/** What goes in and comes out, roughly: the guide's {@code BindingType}. A closed set. */
@API(status = API.Status.STABLE, since = "1.0")
public enum BindingType {
    /** Text only. */
    TEXT,
    /** Text, and images as input. */
    TEXT_IMAGE,
    /** Several kinds of input or output. */
    MULTIMODAL;

    /** The name in config.yaml: text, text_image, multimodal. */
    public String yamlName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The constant of that name in config.yaml; absent when there is none. */
    public static Optional<BindingType> ofYamlName(String name) {
        return Stream.of(values()).filter(type -> type.yamlName().equals(name)).findFirst();
    }
}
