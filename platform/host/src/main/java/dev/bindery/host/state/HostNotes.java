package dev.bindery.host.state;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What stands in {@code state/host.json}, in the file's form; maps and sets are sorted in it. */
record HostNotes(
        int format,
        Set<String> disabled,
        Set<String> masked,
        Set<String> implicit,
        List<String> order,
        Map<String, Service> services,
        Map<String, Retreat> retreats,
        Map<String, Rename> renames) {
    static final HostNotes EMPTY =
            new HostNotes(1, Set.of(), Set.of(), Set.of(), List.of(), Map.of(), Map.of(), Map.of());

    HostNotes copy() {
        return new HostNotes(
                format,
                new TreeSet<>(disabled),
                new TreeSet<>(masked),
                new TreeSet<>(implicit),
                new ArrayList<>(order),
                new TreeMap<>(services),
                new TreeMap<>(retreats),
                new TreeMap<>(renames));
    }

    /** The new name stands right behind the old one, which may still serve. */
    void rename(String from, String to) {
        renames.remove(to);
        renames.put(from, new Rename(to, false));
        implicit.remove(from);
        order.remove(to);
        order.add(order.indexOf(from) + 1, to);
    }

    @SuppressWarnings("ConstantConditions") // A file that lacks a field leaves it null.
    HostNotes checked(Path file) {
        if (format != 1) {
            throw HostState.corrupt(file, "found format %d, expected 1".formatted(format));
        }
        for (Collection<String> names : Arrays.asList(disabled, masked, implicit, order)) {
            if (names == null || names.stream().anyMatch(Objects::isNull)) {
                throw HostState.corrupt(file, "a field or a name is missing");
            }
        }
        return new HostNotes(
                format,
                disabled,
                masked,
                implicit,
                order,
                present(services),
                present(retreats),
                present(renames));
    }

    /** What hosts before this one have not written; it can be missed. */
    private static <T> Map<String, T> present(@Nullable Map<String, T> notes) {
        Map<String, T> present = new TreeMap<>();
        if (notes != null) {
            notes.forEach((id, note) -> {
                if (note != null) {
                    present.put(id, note);
                }
            });
        }
        return present;
    }
}
