package dev.bindery.host.artifact;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the staged copies from piling up: those that may still be loaded stay, and those that are.
 * Thread-safe.
 */
public final class GenerationFolders {
    private static final Logger LOG = LoggerFactory.getLogger(GenerationFolders.class);

    private final Path root;
    private final Supplier<Set<Path>> wanted;
    private final Map<Path, Integer> loaded = new HashMap<>();
    private final Set<Path> idle = new HashSet<>();
    private int stagings;

    /**
     * @param wanted the copies that may still be loaded
     */
    public GenerationFolders(Path root, Supplier<Set<Path>> wanted) {
        this.root = root;
        this.wanted = wanted;
    }

    /** Removes nothing until it is closed: a copy is being made that is not wanted yet. */
    public synchronized Hold hold() {
        stagings++;
        return this::letGo;
    }

    private synchronized void letGo() {
        stagings--;
        tidy();
    }

    /** A generation is loaded from its copy. */
    public synchronized void opened(StagedJar jar) {
        loaded.merge(jar.folder(), 1, Integer::sum);
        idle.remove(jar.folder());
    }

    /** A generation was closed: its copy goes, unless it is wanted. */
    public synchronized void closed(StagedJar jar) {
        if (loaded.merge(jar.folder(), -1, Integer::sum) == 0) {
            loaded.remove(jar.folder());
            idle.add(jar.folder());
            tidy();
        }
    }

    /** Removes the copies of closed generations that are no longer wanted. */
    public synchronized void tidy() {
        if (stagings == 0 && !idle.isEmpty()) {
            Set<Path> keep = wanted.get();
            idle.removeIf(folder -> !keep.contains(folder) && delete(folder));
        }
    }

    /** Removes what an earlier run has left behind. */
    public synchronized void sweep() {
        if (stagings > 0) {
            return;
        }
        Set<Path> keep = wanted.get();
        for (Path binding : folders(root)) {
            folders(binding).stream()
                    .filter(folder -> !keep.contains(folder) && !loaded.containsKey(folder))
                    .forEach(GenerationFolders::delete);
        }
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

    private static boolean delete(Path folder) {
        try {
            Folders.delete(folder);
            return true;
        } catch (IOException e) {
            LOG.warn("cannot remove {}: {}", folder, e.toString());
            return false;
        }
    }

    /** Ends with its close. */
    @FunctionalInterface
    public interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
