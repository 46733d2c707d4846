package dev.bindery.host;

import java.util.regex.Pattern;

/** Names of models, as {@code instance/model} with {@code *} for any characters. */
public final class ModelPattern {
    private final String text;
    private final Pattern pattern;

    private ModelPattern(String text) {
        StringBuilder built = new StringBuilder();
        for (String part : text.split("\\*", -1)) {
            built.append(built.isEmpty() ? "" : ".*").append(Pattern.quote(part));
        }
        this.text = text;
        this.pattern = Pattern.compile(built.toString(), Pattern.DOTALL);
    }

    public static ModelPattern of(String text) {
        return new ModelPattern(text);
    }

    /**
     * @param model {@code instance/model}
     */
    public boolean matches(String model) {
        return pattern.matcher(model).matches();
    }

    @Override
    public String toString() {
        return text;
    }
}
