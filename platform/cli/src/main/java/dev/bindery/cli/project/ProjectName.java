package dev.bindery.cli.project;

import java.util.Arrays;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.lang.model.SourceVersion;

/**
 * What a new binding is called, in all the ways in which it is.
 *
 * @param id as its models' names begin: {@code my-provider}
 * @param packageName of its class
 */
public record ProjectName(String id, String packageName) {
    private static final Pattern ID = Pattern.compile("[a-z][a-z0-9-]{0,38}[a-z0-9]");

    /**
     * @throws IllegalArgumentException saying what is wrong with it, and what would do
     */
    public ProjectName {
        if (!ID.matcher(id).matches() || id.contains("--")) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a binding: 2 to 40 small letters, digits and single hyphens between them, a letter first%s"
                            .formatted(id, suggestion(id)));
        }
        if (!SourceVersion.isName(packageName)) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a Java package; expected something like org.example.faq"
                            .formatted(packageName));
        }
    }

    /** In a package of its own, which is {@code org.example} until there is a better one. */
    public static ProjectName of(String id) {
        return new ProjectName(
                id, "org.example." + (ID.matcher(id).matches() ? id.replace("-", "") : "x"));
    }

    private static String suggestion(String name) {
        String better =
                name.toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9]+", "-")
                        .replaceAll("^[^a-z]+|-+$", "");
        return ID.matcher(better).matches() ? "; " + better + " would do" : "";
    }

    /** {@code My Provider}. */
    String title() {
        return words(" ");
    }

    /** {@code MyProviderBinding}. */
    String className() {
        return words("") + "Binding";
    }

    private String words(String between) {
        return Arrays.stream(id.split("-"))
                .map(word -> word.substring(0, 1).toUpperCase(Locale.ROOT) + word.substring(1))
                .collect(Collectors.joining(between));
    }
}
