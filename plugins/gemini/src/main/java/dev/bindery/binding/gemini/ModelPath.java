package dev.bindery.binding.gemini;

import dev.bindery.api.BindingException;
import java.util.regex.Pattern;

/** Where a model is found: its name as a part of the address. */
final class ModelPath {
    private static final String PREFIX = "models/";

    /** What a name may look like: a client must not lead the key elsewhere with {@code ..}. */
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9_][\\w.@-]*(/[A-Za-z0-9_][\\w.@-]*)*");

    private ModelPath() {}

    /**
     * {@code models/NAME}; names with a folder of their own, such as {@code tunedModels/…}, stay.
     */
    static String of(String model) {
        if (!NAME.matcher(model).matches()) {
            throw BindingException.modelNotFound(
                    "no model of Gemini can be called '%s'; a name has letters, digits, '-', '_' and '.'"
                            .formatted(model));
        }
        return model.indexOf('/') < 0 ? PREFIX + model : model;
    }

    /** The name without its folder, as clients write it. */
    static String name(String resource) {
        return resource.startsWith(PREFIX) ? resource.substring(PREFIX.length()) : resource;
    }

    static String method(String model, String method) {
        return of(model) + ":" + method;
    }
}
