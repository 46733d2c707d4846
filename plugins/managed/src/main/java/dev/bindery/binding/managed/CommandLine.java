package dev.bindery.binding.managed;

import dev.bindery.api.BindingException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The words by which the server is started, with placeholders for what each start fills in. */
final class CommandLine {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z_]+)}");

    private final List<List<String>> known;
    private final List<String> own;

    private CommandLine(List<List<String>> known, List<String> own) {
        this.known = known;
        this.own = own;
    }

    /**
     * From the settings: the operator's own command, or else the preset's; and what is to be added.
     *
     * @throws BindingException INVALID_REQUEST when there is neither, or a quote is not closed
     */
    static CommandLine of(ManagedSettings settings, Preset preset) {
        List<String> own = new ArrayList<>(Words.of("command", settings.command()));
        List<List<String>> known = own.isEmpty() ? preset.command() : List.of();
        if (own.isEmpty() && known.isEmpty()) {
            throw BindingException.invalidRequest(
                    "preset is none and command is empty; name a preset or write the command line");
        }
        own.addAll(Words.of("arguments", settings.arguments()));
        return new CommandLine(known, List.copyOf(own));
    }

    /**
     * The words with these values in the place of their placeholders. Groups of a preset that want
     * a value that is empty are left out.
     *
     * @throws BindingException INVALID_REQUEST when the operator's own words want a value that is
     *     empty, or that there is not
     */
    List<String> words(Map<String, String> values) {
        List<String> words = new ArrayList<>();
        known.stream()
                .filter(group -> group.stream().allMatch(word -> isFilled(word, values)))
                .forEach(words::addAll);
        own.forEach(word -> check(word, values));
        words.addAll(own);
        words.replaceAll(word -> filled(word, values));
        return List.copyOf(words);
    }

    /** Whether a placeholder is there to be filled in. */
    boolean wants(String placeholder) {
        return Stream.concat(known.stream().flatMap(List::stream), own.stream())
                .anyMatch(word -> word.contains(placeholder));
    }

    private static boolean isFilled(String word, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(word)
                .results()
                .noneMatch(found -> values.getOrDefault(found.group(1), "").isEmpty());
    }

    /** Braces around anything else are not placeholders: JSON goes through as it is. */
    private static void check(String word, Map<String, String> values) {
        PLACEHOLDER
                .matcher(word)
                .results()
                .map(found -> found.group(1))
                .filter(name -> values.getOrDefault(name, "").isEmpty())
                .findFirst()
                .ifPresent(name -> {
                    throw BindingException.invalidRequest(
                            values.containsKey(name)
                                    ? "the command line has {%s}, but the setting %s has no value"
                                            .formatted(name, name)
                                    : "the command line has {%s}; there are {model} {name} {port} {context}"
                                            .formatted(name));
                });
    }

    private static String filled(String word, Map<String, String> values) {
        return PLACEHOLDER
                .matcher(word)
                .replaceAll((MatchResult found) ->
                        Matcher.quoteReplacement(
                                values.getOrDefault(found.group(1), found.group())));
    }
}
