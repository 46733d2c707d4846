package dev.bindery.host.lifecycle;

import dev.bindery.host.artifact.IncompleteJarException;
import dev.bindery.host.artifact.RefusedJarException;
import dev.bindery.host.artifact.StagedJar;
import dev.bindery.host.artifact.Stager;
import dev.bindery.host.checkpoint.Checkpoint;
import dev.bindery.host.document.AtomicFiles;
import dev.bindery.host.state.HostState;
import dev.bindery.host.state.Retreat;
import dev.bindery.host.state.Service;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The generations that a binding can go back to: the last good one, whose copy stays in the cache,
 * and the one that was gone back to, which lies beside the state, since the cache may be deleted.
 * Thread-safe.
 */
final class Retreats {
    private static final Logger LOG = LoggerFactory.getLogger(Retreats.class);

    private final Path home;
    private final Path folder;
    private final HostState state;
    private final Stager stager;
    private final Map<String, StagedJar> taken = new ConcurrentHashMap<>();

    /**
     * @param home the root of the home; what lies in it may lie elsewhere at the next start
     * @param folder where the jars lie that were gone back to
     */
    Retreats(Path home, Path folder, HostState state, Stager stager) {
        this.home = home.toAbsolutePath().normalize();
        this.folder = folder;
        this.state = state;
        this.stager = stager;
    }

    /** The jar that serves while this one is kept away; itself when it is not. */
    StagedJar insteadOf(StagedJar jar) {
        Optional<Retreat> retreat = state.retreat(jar.id());
        if (retreat.isEmpty()) {
            return jar;
        }
        if (!retreat.get().sha256().equals(jar.sha256())) {
            advance(jar.id());
            return jar;
        }
        String instead = retreat.get().instead();
        StagedJar known = taken.get(jar.id());
        if (known != null && known.sha256().equals(instead) && known.isThere()) {
            return known;
        }
        Optional<StagedJar> kept = kept(jar.id(), instead);
        kept.ifPresent(good -> taken.put(jar.id(), good));
        return kept.orElse(jar);
    }

    private Optional<StagedJar> kept(String id, String sha256) {
        try {
            StagedJar kept = stager.stage(file(id));
            if (kept.sha256().equals(sha256)) {
                return Optional.of(kept);
            }
        } catch (IOException | RefusedJarException | IncompleteJarException e) {
            LOG.debug("{} is not used: {}", file(id), e.toString());
        }
        return stager.kept(id, sha256);
    }

    /** What was said when the jar of a binding was rolled back; empty when none was. */
    String told(String id) {
        return state.retreat(id).map(Retreat::reason).orElse("");
    }

    /** Keeps a jar away from now on, and another in its place. */
    void retreat(StagedJar bad, StagedJar good, String told) {
        try {
            AtomicFiles.copy(good.jar(), file(good.id()));
        } catch (IOException e) {
            LOG.warn(
                    "{} cannot be written: {}; its copy in the cache must do",
                    file(good.id()),
                    e.toString());
        }
        Checkpoint.RETREAT_KEPT.reached();
        taken.put(good.id(), good);
        state.retreat(
                bad.id(), new Retreat(bad.sha256(), bad.card().version(), good.sha256(), told));
        Checkpoint.RETREAT_NOTED.reached();
    }

    /** Gives the jar that was rolled back another chance. */
    void advance(String id) {
        state.advance(id);
        dropKept(id);
    }

    /** The binding is no longer installed. */
    void forget(String id) {
        state.forget(id);
        dropKept(id);
    }

    /** Jars may have been removed while no host ran; of a folder that is away nothing is known. */
    void forgetAllBut(Set<String> ids) {
        state.services()
                .forEach((id, service) -> {
                    Path folderOfJar = home.resolve(service.file()).resolveSibling("");
                    if (!ids.contains(id) && Files.isDirectory(folderOfJar)) {
                        forget(id);
                    }
                });
    }

    private void dropKept(String id) {
        taken.remove(id);
        try {
            Files.deleteIfExists(file(id));
        } catch (IOException e) {
            LOG.warn("{} cannot be removed: {}", file(id), e.toString());
        }
    }

    private Path file(String id) {
        return folder.resolve(id + ".jar");
    }

    /** The jar that served before the one that serves now. */
    Optional<StagedJar> previous(String id) {
        String away = state.retreat(id).map(Retreat::sha256).orElse("");
        return state.service(id)
                .map(Service::previous)
                .filter(sha256 -> !sha256.isEmpty() && !sha256.equals(away))
                .flatMap(sha256 -> stager.kept(id, sha256));
    }

    /** The jar that has served last, unless it is that one. */
    Optional<StagedJar> lastGood(StagedJar not) {
        return state.service(not.id())
                .map(Service::sha256)
                .filter(sha256 -> !sha256.isEmpty() && !sha256.equals(not.sha256()))
                .flatMap(sha256 -> stager.kept(not.id(), sha256));
    }

    /** The jar that was last served from a file. */
    Optional<StagedJar> lastOf(Path file) {
        return state.services().entrySet().stream()
                .filter(entry -> home.resolve(entry.getValue().file()).equals(absolute(file)))
                .findFirst()
                .flatMap(entry -> stager.kept(entry.getKey(), entry.getValue().sha256()));
    }

    /** Notes that a jar serves from now on, and from which file it came. */
    void serves(StagedJar jar, Path file) {
        Path absolute = absolute(file);
        Path noted = absolute.startsWith(home) ? home.relativize(absolute) : absolute;
        state.serves(jar.id(), jar.sha256(), noted);
    }

    private static Path absolute(Path file) {
        return file.toAbsolutePath().normalize();
    }

    boolean isProven(StagedJar jar) {
        return state.service(jar.id())
                .filter(service -> service.sha256().equals(jar.sha256()))
                .filter(Service::proven)
                .isPresent();
    }

    /** The copies to keep. */
    Set<Path> folders() {
        Set<Path> folders = new HashSet<>();
        state.services()
                .forEach((id, service) -> {
                    folders.add(stager.folder(id, service.sha256()));
                    folders.add(stager.folder(id, service.previous()));
                });
        taken.values().forEach(jar -> folders.add(jar.folder()));
        return folders;
    }
}
