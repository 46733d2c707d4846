package dev.bindery.host.lifecycle;

import dev.bindery.host.artifact.FileStamp;
import dev.bindery.host.artifact.GenerationFolders;
import dev.bindery.host.artifact.IncompleteJarException;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.artifact.Stager;
import dev.bindery.host.artifact.Versions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jars that are there: those of the drop folder and the distribution's own, and which of them
 * is meant when several have one id. Thread-safe.
 */
final class Shelf {
    private static final Logger LOG = LoggerFactory.getLogger(Shelf.class);

    private final Stager stager;
    private final GenerationFolders copies;
    private final Retreats retreats;
    private final Path bundledFolder;
    private final Map<Path, Entry> entries = new TreeMap<>();
    private final Vanishing vanishing = new Vanishing();

    Shelf(Stager stager, GenerationFolders copies, Retreats retreats, Path bundledFolder) {
        this.stager = stager;
        this.copies = copies;
        this.retreats = retreats;
        this.bundledFolder = bundledFolder;
    }

    /**
     * One file.
     *
     * @param file the jar
     * @param stamp its state when it was looked at
     * @param staged the last whole copy of it; empty when there has been none yet
     * @param problem why the file as it is now is not that copy; empty when it is
     * @param refused whether that is final until the file changes
     */
    record Entry(
            Path file,
            FileStamp stamp,
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
     * What follows from a file that was looked at.
     *
     * @param ids the ids that this concerns; none when the file is as it was
     * @param touched whether it was written again with the same content
     */
    record Change(Set<String> ids, boolean touched) {
        static final Change NONE = new Change(Set.of(), false);
    }

    /** Takes a file that is new or has changed. */
    Change changed(Path file) {
        Optional<FileStamp> stamp = FileStamp.of(file);
        if (stamp.isEmpty()) {
            return new Change(gone(file), false);
        }
        if (find(file).map(Entry::stamp).equals(stamp)) {
            return Change.NONE;
        }
        try (var _ = copies.hold()) {
            return taken(file, stamp.get());
        }
    }

    private Change taken(Path file, FileStamp stamp) {
        String problem;
        boolean refused = true;
        try {
            return put(file, stamp, Optional.of(stager.stage(file)), "", false);
        } catch (IncompleteJarException e) {
            problem = String.valueOf(e.getMessage());
            refused = false;
        } catch (RefusedJarException e) {
            problem = String.valueOf(e.getMessage());
        } catch (IOException e) {
            problem = "it cannot be read or copied: " + e;
        } catch (RuntimeException e) {
            problem = "it cannot be understood: " + e;
        }
        return put(file, stamp, Optional.empty(), problem, refused);
    }

    /** Takes a file whose copy was made already. */
    Change placed(Path file, StagedJar staged) {
        return FileStamp.of(file)
                .map(stamp -> put(file, stamp, Optional.of(staged), "", false))
                .orElse(Change.NONE);
    }

    private Change put(
            Path file,
            FileStamp stamp,
            Optional<StagedJar> staged,
            String problem,
            boolean refused) {
        // What was served from a file that is broken now, in this run of the host or the last.
        Optional<StagedJar> last =
                staged.isPresent() || find(file).isPresent()
                        ? Optional.empty()
                        : retreats.lastOf(file);
        return put(file, stamp, staged, last, problem, refused);
    }

    private synchronized Change put(
            Path file,
            FileStamp stamp,
            Optional<StagedJar> staged,
            Optional<StagedJar> last,
            String problem,
            boolean refused) {
        Optional<StagedJar> before = Optional.ofNullable(entries.get(file)).flatMap(Entry::staged);
        Optional<StagedJar> now = staged.or(() -> before).or(() -> last);
        boolean bundled = file.startsWith(bundledFolder);
        entries.put(file, new Entry(file, stamp, now, problem, refused, bundled, Instant.now()));
        Set<String> ids = new LinkedHashSet<>();
        before.map(StagedJar::id).ifPresent(ids::add);
        now.map(StagedJar::id).ifPresent(ids::add);
        boolean touched =
                staged.isPresent()
                        && before.map(StagedJar::sha256).equals(staged.map(StagedJar::sha256));
        return new Change(ids, touched);
    }

    /** The copy of a file, made anew where the cache was deleted under it. */
    Optional<StagedJar> copyOf(Entry entry) {
        Optional<StagedJar> staged = entry.staged();
        if (staged.isEmpty() || staged.get().isThere()) {
            return staged;
        }
        try (var _ = copies.hold()) {
            StagedJar again = stager.stage(entry.file());
            return again.sha256().equals(staged.get().sha256()) ? Optional.of(again) : staged;
        } catch (IncompleteJarException | RefusedJarException | IOException e) {
            LOG.warn("{} cannot be copied again: {}", entry.file(), e.toString());
            return staged;
        }
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

    /** Files that are known and have not been there for a moment. */
    synchronized List<Path> vanished(Instant now) {
        return vanishing.of(entries.keySet(), now);
    }

    synchronized Optional<Entry> find(Path file) {
        return Optional.ofNullable(entries.get(file));
    }
}
