package dev.bindery.testkit.check;

import dev.bindery.faulty.Fault;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * A fault, and who has to see it.
 *
 * @param checks by name
 */
record Broken(Fault fault, Set<String> checks) {
    static Broken by(Fault fault, String... checks) {
        return new Broken(fault, new TreeSet<>(List.of(checks)));
    }

    /** The areas of those checks. */
    List<Area> areas() {
        return Area.all().stream()
                .filter(area -> area.checks().stream().anyMatch(c -> checks.contains(c.name())))
                .toList();
    }

    @Override
    public String toString() {
        return fault.name();
    }
}
