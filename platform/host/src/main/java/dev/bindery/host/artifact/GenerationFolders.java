package dev.bindery.host.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the staged copies from piling up: of each binding the one that serves stays, and the one
 * that served before it, to go back to. Thread-safe.
 */
public final class GenerationFolders {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationFolders.class);
    private static final int KEPT = 2;

    private final Path root;
    private final Supplier<Set<Path>> wanted;
    private final Map<String, Deque<StagedJar>> served = new HashMap<>();
    private final Set<Path> idle = new HashSet<>();

    /**
     * @param wanted the copies that may still be loaded, served or not
     */
    public GenerationFolders(Path root, Supplier<Set<Path>> wanted) {
        this.root = root;
        this.wanted = wanted;
    }

    /** A generation serves from now on. */
    public synchronized void serves(StagedJar jar) {
        Deque<StagedJar> latest = served.computeIfAbsent(jar.id(), _ -> new ArrayDeque<>());
        latest.removeIf(other -> other.folder().equals(jar.folder()));
        latest.addFirst(jar);
        idle.remove(jar.folder());
        while (latest.size() > KEPT) {
            deleteIfUnused(latest.removeLast());
        }
    }

    /** A generation was closed, or never served: its copy goes, unless it is one to keep. */
    public synchronized void closed(StagedJar jar) {
        idle.add(jar.folder());
        deleteIfUnused(jar);
    }

    private void deleteIfUnused(StagedJar jar) {
        boolean kept =
                served.getOrDefault(jar.id(), new ArrayDeque<>()).stream()
                        .anyMatch(other -> other.folder().equals(jar.folder()));
        if (!kept && !wanted.get().contains(jar.folder()) && idle.remove(jar.folder())) {
            delete(jar.folder());
        }
    }

    /**
     * Removes what an earlier run has left behind, except the newest copy of each binding.
     *
     * @param inUse the folders that were staged in this run
     */
    public synchronized void sweep(Set<Path> inUse) {
        for (Path binding : folders(root)) {
            List<Path> old = new ArrayList<>(folders(binding));
            old.removeAll(inUse);
            old.sort(Comparator.comparing(GenerationFolders::modified).reversed());
            old.stream().skip(isIncoming(binding) ? 0 : 1).forEach(GenerationFolders::delete);
        }
    }

    private static boolean isIncoming(Path folder) {
        return folder.getFileName().toString().startsWith(".");
    }

    private static List<Path> folders(Path parent) {
        if (!Files.isDirectory(parent)) {
            return List.of();
        }
        List<Path> folders = new ArrayList<>();
        try (var children = Files.newDirectoryStream(parent, Files::isDirectory)) {
            children.forEach(folders::add);
        } catch (IOException e) {
            LOG.warn("cannot read {}: {}", parent, e.toString());
        }
        return folders;
    }

    private static FileTime modified(Path folder) {
        try {
            return Files.getLastModifiedTime(folder);
        } catch (IOException e) {
            return FileTime.fromMillis(0);
        }
    }

    private static void delete(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", folder, e.toString());
        }
    }
}
