package dev.bindery.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * The jars of a host. Every method may be called from any thread; those that change something
 * return when the change has settled, and throw {@link HostException} when it could not be made.
 */
public interface Bindings {
    /** How long calls in flight may go on where a binding ends without a successor. */
    Duration DRAIN = Duration.ofSeconds(30);

    /** All jars that are there, shadowed and failed ones included, in the order of their ids. */
    List<BindingStatus> list();

    /** The binding of that id, or the jar of that name. */
    Optional<BindingStatus> find(String id);

    /**
     * Puts a jar into the drop folder, in place of one with the same id, and waits until it serves
     * or has failed.
     *
     * @return how it stands then; look at its state
     * @throws IOException when the jar cannot be read or the folder not be written
     */
    BindingStatus install(Path jar) throws IOException;

    /**
     * Removes a jar from the drop folder, or masks one of the distribution's own. Calls in flight
     * go on for thirty seconds at most, after this has returned.
     */
    default void uninstall(String id) throws IOException {
        uninstall(id, DRAIN);
    }

    /**
     * Like {@link #uninstall(String)}, with another time for calls in flight; zero cancels them.
     * Given again while they go on, it cancels them.
     */
    void uninstall(String id, Duration drain) throws IOException;

    /**
     * Lets a disabled or quarantined binding serve again, and tries again what has failed. A jar
     * that was rolled back stays so.
     */
    BindingStatus enable(String id);

    /**
     * Ends a binding and keeps it away until it is enabled. Calls in flight go on for thirty
     * seconds at most, after this has returned.
     */
    default BindingStatus disable(String id) {
        return disable(id, DRAIN);
    }

    /**
     * Like {@link #disable(String)}, with another time for calls in flight; zero cancels them.
     * Given again while they go on, it cancels them.
     */
    BindingStatus disable(String id, Duration drain);

    /**
     * Swaps in a fresh generation of the jar that is there, without a call failing; also of one
     * that was rolled back.
     */
    BindingStatus reload(String id);

    /**
     * Goes back to the generation that served before, without a call failing. The jar that serves
     * now is kept away until its file changes, or it is installed or reloaded.
     *
     * @throws HostException when there is no generation to go back to, or it does not come up; the
     *     one that serves goes on then
     */
    BindingStatus rollback(String id);
}
