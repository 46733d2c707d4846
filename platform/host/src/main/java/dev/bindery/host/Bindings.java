package dev.bindery.host;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The jars of a host. Every method may be called from any thread; those that change something
 * return when the change has settled, and throw {@link HostException} when it could not be made.
 */
public interface Bindings {
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

    /** Removes a jar from the drop folder, or masks one of the distribution's own. */
    void uninstall(String id) throws IOException;

    /** Lets a disabled binding serve again. */
    BindingStatus enable(String id);

    /** Ends a binding's calls and keeps it away until it is enabled. */
    BindingStatus disable(String id);

    /** Swaps in a fresh generation of the same jar, without a call failing. */
    BindingStatus reload(String id);
}
