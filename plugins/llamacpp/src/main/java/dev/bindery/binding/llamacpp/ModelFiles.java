package dev.bindery.binding.llamacpp;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/** What the names of GGUF files say. */
final class ModelFiles {
    static final String ENDING = ".gguf";

    private static final Pattern SEVERAL =
            Pattern.compile("(.*)-(\\d{5})-of-(\\d{5})(\\.gguf)?", Pattern.CASE_INSENSITIVE);
    private static final Pattern PROJECTOR =
            Pattern.compile("(.*/)?[^/]*mmproj[^/]*", Pattern.CASE_INSENSITIVE);

    private ModelFiles() {}

    static boolean isModel(String name) {
        return name.toLowerCase(Locale.ROOT).endsWith(ENDING);
    }

    /** The name without its ending. */
    static String stem(String name) {
        return isModel(name) ? name.substring(0, name.length() - ENDING.length()) : name;
    }

    /** The name without the number of its part. */
    static String withoutPart(String stem) {
        Matcher name = SEVERAL.matcher(stem);
        return name.matches() ? name.group(1) : stem;
    }

    /** Whether the file is a model's only or first: no later part, and no projector beside one. */
    static boolean isFirst(String name) {
        Matcher several = SEVERAL.matcher(name);
        boolean later = several.matches() && Integer.parseInt(several.group(2)) != 1;
        return isModel(name) && !later && !PROJECTOR.matcher(name).matches();
    }

    /** The names of all files of a model, by the name of one. */
    static List<String> all(String name) {
        Matcher several = SEVERAL.matcher(name);
        return several.matches()
                ? IntStream.rangeClosed(1, Integer.parseInt(several.group(3)))
                        .mapToObj(part -> part(several, part))
                        .toList()
                : List.of(name);
    }

    private static String part(Matcher name, int part) {
        return String.format(
                Locale.ROOT, "%s-%05d-of-%s%s", name.group(1), part, name.group(3), name.group(4));
    }
}
