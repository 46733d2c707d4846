package dev.bindery.host;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which models of other instances an instance may use: {@code calls:} in its file.
 *
 * @param entries {@code instance} for all its models, or {@code instance/model}; {@code *} stands
 *     for any characters
 */
public record Reach(List<String> entries) {
    /** None at all. */
    public static final Reach NONE = new Reach(List.of());

    /**
     * @throws HostException for an empty entry
     */
    public Reach {
        entries = List.copyOf(entries);
        if (entries.stream().anyMatch(String::isBlank)) {
            throw HostException.invalid(
                    "calls: found an empty entry, expected INSTANCE, INSTANCE/MODEL or INSTANCE/*");
        }
    }

    /**
     * @param model {@code instance/model}
     */
    public boolean allows(String model) {
        return entries.stream().flatMap(Reach::patterns).anyMatch(entry -> entry.matches(model));
    }

    private static Stream<ModelPattern> patterns(String entry) {
        return entry.contains("/")
                ? Stream.of(ModelPattern.of(entry))
                : Stream.of(ModelPattern.of(entry + "/*"));
    }
}
