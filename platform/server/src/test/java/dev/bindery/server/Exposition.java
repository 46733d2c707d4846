package dev.bindery.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Figures in Prometheus' text form, read strictly. */
record Exposition(Map<String, Double> samples, Map<String, String> types) {
    private static final Pattern SAMPLE =
            Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile(
                    "([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(?:,|$)");

    static Exposition read(String text) {
        Exposition read = new Exposition(new LinkedHashMap<>(), new LinkedHashMap<>());
        assertThat(text).endsWith("\n");
        text.lines().forEach(read::line);
        return read;
    }

    private void line(String line) {
        if (line.startsWith("# TYPE ")) {
            String[] words = line.split(" ", 4);
            assertThat(types.put(words[2], words[3])).as("a second type of " + words[2]).isNull();
        } else if (!line.startsWith("# HELP ")) {
            Matcher sample = SAMPLE.matcher(line);
            assertThat(sample.matches()).as("a sample: " + line).isTrue();
            assertThat(typed(sample.group(1))).as("a type is given of " + line).isTrue();
            String key = key(sample.group(1), labels(sample.group(2)));
            Double before = samples.put(key, number(sample.group(3)));
            assertThat(before).as("a second sample: " + key).isNull();
        }
    }

    private boolean typed(String name) {
        return types.containsKey(name)
                || types.containsKey(name.replaceFirst("_(bucket|count|sum)$", ""));
    }

    private static Map<String, String> labels(String text) {
        Map<String, String> labels = new TreeMap<>();
        if (text != null) {
            Matcher label = LABEL.matcher(text);
            int end = 0;
            while (label.find() && label.start() == end) {
                labels.put(label.group(1), label.group(2));
                end = label.end();
            }
            assertThat(end).as("labels: " + text).isEqualTo(text.length());
        }
        return labels;
    }

    private static Double number(String text) {
        return switch (text) {
            case "+Inf" -> Double.POSITIVE_INFINITY;
            case "-Inf" -> Double.NEGATIVE_INFINITY;
            default -> Double.valueOf(text);
        };
    }

    private static String key(String name, Map<String, String> labels) {
        return name + labels;
    }

    /**
     * The value of one sample.
     *
     * @param labels name and value in turn, all that it has; an empty value counts as none
     */
    Double value(String name, String... labels) {
        Map<String, String> all = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            all.put(labels[i], labels[i + 1]);
        }
        return samples.get(key(name, all));
    }

    /** The samples in whose name and labels that stands. */
    List<String> mentioning(String text) {
        return samples.keySet().stream().filter(key -> key.contains(text)).toList();
    }
}
