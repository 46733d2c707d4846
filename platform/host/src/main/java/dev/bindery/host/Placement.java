package dev.bindery.host;

import dev.bindery.api.BindingCard;
import dev.bindery.api.Isolation;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Where the code of an instance runs, and with how much memory.
 *
 * @param isolation absent for what the binding's card says
 * @param memory the most memory of its process: {@code 512m} or {@code 2g}; the heap of a JVM, the
 *     address space of any other program; absent for the default
 */
public record Placement(Optional<Isolation> isolation, Optional<String> memory) {
    /** As the card says. */
    public static final Placement OF_CARD = new Placement(Optional.empty(), Optional.empty());

    private static final Pattern MEMORY = Pattern.compile("[1-9][0-9]{0,5}[mg]");
    private static final String USUAL_HEAP = "512m";

    /**
     * @throws HostException when the memory is none
     */
    public Placement {
        memory.filter(text -> !MEMORY.matcher(text).matches())
                .ifPresent(text -> {
                    throw HostException.invalid(
                            "memory: found `%s`, expected megabytes or gigabytes such as 512m or 2g"
                                    .formatted(text));
                });
    }

    /** Whether that is a process of its own. */
    public boolean isApart() {
        return isolation.filter(Isolation.PROCESS::equals).isPresent();
    }

    /** Of several, one that keeps the code apart from the host, if any does. */
    public static Placement mostApart(Collection<Placement> placements) {
        return placements.stream()
                .filter(Placement::isApart)
                .findFirst()
                .orElseGet(() -> placements.iterator().next());
    }

    /**
     * What is in force for a binding of that card: with its isolation, and with memory wherever it
     * is bounded.
     *
     * @throws HostException when that binding cannot run so
     */
    public Placement over(BindingCard card) {
        Isolation wanted = isolation.orElse(card.isolation());
        if (wanted == Isolation.CLASSLOADER && card.isolation() == Isolation.PROCESS) {
            throw HostException.invalid(
                    "isolation: %s needs a process of its own, and cannot run in the host"
                            .formatted(card.id()));
        }
        if (wanted == Isolation.CLASSLOADER && memory.isPresent()) {
            throw HostException.invalid(
                    "memory: only a process has a bound of its own; set isolation to process, too, or leave memory out");
        }
        boolean isJvm = wanted == Isolation.PROCESS && card.command().isEmpty();
        return new Placement(
                Optional.of(wanted), isJvm ? memory.or(() -> Optional.of(USUAL_HEAP)) : memory);
    }
}
