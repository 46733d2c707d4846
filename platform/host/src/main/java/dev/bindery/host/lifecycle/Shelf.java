package dev.bindery.host.lifecycle;

import dev.bindery.host.artifact.IncompleteJarException;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.artifact.Stager;
import dev.bindery.host.artifact.Versions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * The jars that are there: those of the drop folder and the distribution's own, and which of them
 * is meant when several have one id. Thread-safe.
 */
final class Shelf {
    private final Stager stager;
    private final Path bundledFolder;
    private final Map<Path, Entry> entries = new TreeMap<>();

    Shelf(Stager stager, Path bundledFolder) {
        this.stager = stager;
        this.bundledFolder = bundledFolder;
    }

    /**
     * One file.
     *
     * @param file the jar
     * @param staged the last whole copy of it; empty when there has been none yet
     * @param problem why the file as it is now is not that copy; empty when it is
     * @param refused whether that is final until the file changes
     */
    record Entry(
            Path file,
            Optional<StagedJar> staged,
            String problem,
            boolean refused,
            boolean bundled,
            Instant since) {
        Optional<String> id() {
            return staged.map(StagedJar::id);
        }
    }

    /**
     * Takes a file that is new or has changed.
     *
     * @return the ids that this concerns
     */
    Set<String> changed(Path file) {
        Optional<StagedJar> staged = Optional.empty();
        String problem = "";
        boolean refused = false;
        try {
            staged = Optional.of(stager.stage(file));
        } catch (IncompleteJarException e) {
            problem = String.valueOf(e.getMessage());
        } catch (RefusedJarException e) {
            problem = String.valueOf(e.getMessage());
            refused = true;
        } catch (IOException e) {
            problem = "it cannot be read or copied: " + e;
            refused = true;
        } catch (RuntimeException e) {
            problem = "it cannot be understood: " + e;
            refused = true;
        }
        return put(file, staged, problem, refused);
    }

    private synchronized Set<String> put(
            Path file, Optional<StagedJar> staged, String problem, boolean refused) {
        Optional<Entry> before = Optional.ofNullable(entries.get(file));
        Optional<StagedJar> last = staged.or(() -> before.flatMap(Entry::staged));
        entries.put(
                file,
                new Entry(
                        file,
                        last,
                        problem,
                        refused,
                        file.startsWith(bundledFolder),
                        Instant.now()));
        Set<String> ids = new LinkedHashSet<>();
        before.flatMap(Entry::id).ifPresent(ids::add);
        last.map(StagedJar::id).ifPresent(ids::add);
        return ids;
    }

    /**
     * Forgets a file.
     *
     * @return the ids that this concerns
     */
    synchronized Set<String> gone(Path file) {
        Entry before = entries.remove(file);
        return before == null ? Set.of() : before.id().map(Set::of).orElse(Set.of());
    }

    /**
     * The jar that is meant by an id: the operator's before a bundled one, then the higher version.
     */
    synchronized Optional<Entry> winner(String id, boolean withBundled) {
        return of(id).stream().filter(entry -> withBundled || !entry.bundled()).findFirst();
    }

    /** The jars of an id, the one that is meant first. */
    synchronized List<Entry> of(String id) {
        return entries.values().stream()
                .filter(entry -> entry.id().equals(Optional.of(id)))
                .sorted(Shelf::preferred)
                .toList();
    }

    private static int preferred(Entry a, Entry b) {
        if (a.bundled() != b.bundled()) {
            return a.bundled() ? 1 : -1;
        }
        int newer = Versions.compare(version(b), version(a));
        return newer != 0 ? newer : Comparator.comparing(Entry::file).compare(a, b);
    }

    private static String version(Entry entry) {
        return entry.staged().orElseThrow().card().version();
    }

    /** All ids that have a jar. */
    synchronized Set<String> ids() {
        Set<String> ids = new LinkedHashSet<>();
        entries.values().forEach(entry -> entry.id().ifPresent(ids::add));
        return ids;
    }

    /** The copies that are on the shelf. */
    synchronized Set<Path> folders() {
        Set<Path> folders = new LinkedHashSet<>();
        entries.values()
                .forEach(entry -> entry.staged().ifPresent(jar -> folders.add(jar.folder())));
        return folders;
    }

    /** Files of which nothing is known but what is wrong with them. */
    synchronized List<Entry> unreadable() {
        return entries.values().stream().filter(entry -> entry.staged().isEmpty()).toList();
    }

    /** Files that are known and no longer there. */
    List<Path> vanished() {
        return files().stream().filter(Files::notExists).toList();
    }

    private synchronized List<Path> files() {
        return List.copyOf(entries.keySet());
    }

    synchronized Optional<Entry> find(Path file) {
        return Optional.ofNullable(entries.get(file));
    }
}
