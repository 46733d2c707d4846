package dev.bindery.host.lifecycle;

import java.util.List;
import java.util.stream.Collectors;

/** Sentences for the operator that are said in several places. */
final class Wording {
    private Wording() {}

    /** What an instance waits for, and the command that gives it. */
    static String needs(String instance, List<String> settings) {
        return "%s %s a value: bindery config %s %s"
                .formatted(
                        String.join(", ", settings),
                        settings.size() == 1 ? "needs" : "need",
                        instance,
                        settings.stream()
                                .map(setting -> setting + "=…")
                                .collect(Collectors.joining(" ")));
    }
}
