package dev.bindery.binding.ollama;

/**
 * Names of models: Ollama lists them with a tag always, and takes a name without one for the tag
 * {@code latest}. Here that tag is left out, so that a name has one form and is what people write.
 */
final class ModelNames {
    private static final String LATEST = ":latest";

    private ModelNames() {}

    static String shown(String name) {
        return name.endsWith(LATEST) ? name.substring(0, name.length() - LATEST.length()) : name;
    }
}
