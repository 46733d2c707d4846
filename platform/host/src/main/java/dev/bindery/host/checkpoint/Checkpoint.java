package dev.bindery.host.checkpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.function.Consumer;

/**
 * The moments between the steps of a change that must survive the end of the process. Each step is
 * durable, or undone at the next start, whichever of them is the last that was reached. In
 * production reaching one does nothing.
 */
public enum Checkpoint {
    /** A jar was read and unpacked, its copy is not in its place yet. */
    JAR_COPIED,
    /** The copy is in its place. */
    JAR_STAGED,
    /** A jar that is being installed lies in the drop folder under a temporary name. */
    JAR_RECEIVED,
    /** It has its own name. */
    JAR_PLACED,
    /** The classes of the next generation are loaded. */
    GENERATION_LOADED,
    /** The instances of the next generation have started beside the old ones. */
    INSTANCES_STARTED,
    /** The state says that the next generation serves. */
    SERVICE_NOTED,
    /** New calls reach the next generation; the old one is still registered. */
    INSTANCES_REGISTERED,
    /** The old generation is being ended. */
    OLD_RETIRED,
    /** The jar that is gone back to lies beside the state. */
    RETREAT_KEPT,
    /** The state says which jar was rolled back. */
    RETREAT_NOTED,
    /** A bundled binding is masked. */
    BINDING_MASKED,
    /** A jar was removed from the drop folder. */
    JAR_REMOVED,
    /** A binding is switched off in the state, and still runs. */
    BINDING_DISABLED,
    /** The secrets of a changed instance lie beside their place, its file is not written. */
    SECRETS_WRITTEN,
    /**
     * The file of a changed instance is written, or deleted; its secrets lie beside their place.
     */
    INSTANCE_WRITTEN,
    /** They are in their place. */
    SECRETS_PLACED,
    /** The state says what an instance is to be called; everything else has the old name. */
    RENAME_NOTED,
    /** The data folder of an instance that is being renamed has the new name. */
    DATA_MOVED,
    /** Its secrets have it. */
    SECRETS_MOVED,
    /** Its file has it. */
    INSTANCE_MOVED,
    /** The state says that it is renamed. */
    RENAME_ENDED,
    /** The new contents of a file are on disk under a temporary name. */
    FILE_WRITTEN,
    /** They have replaced the old ones. */
    FILE_REPLACED;

    private static volatile Consumer<Checkpoint> watcher = _ -> {};

    /** The moment has come. */
    public void reached() {
        watcher.accept(this);
    }

    /**
     * The moment has come, in the middle of writing.
     *
     * @throws IOException when a test has the disk fail here
     */
    public void reachedOnDisk() throws IOException {
        try {
            watcher.accept(this);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** For tests: hears of every moment, on the thread that reaches it, and may end the process. */
    static void watch(Consumer<Checkpoint> watcher) {
        Checkpoint.watcher = watcher;
    }
}
