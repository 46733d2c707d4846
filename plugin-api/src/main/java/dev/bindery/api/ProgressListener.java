package dev.bindery.api;

import org.apiguardian.api.API;

/** Hears of the progress of long work, from one thread at a time. */
@FunctionalInterface
@API(status = API.Status.STABLE, since = "1.0")
public interface ProgressListener {
    /** Ignores all progress. */
    ProgressListener IGNORE =
            new ProgressListener() {
                @Override
                public void progress(Progress progress) {}
            };

    /** Hears how far the work is; must not block. */
    void progress(Progress progress);

    /** Whether nobody waits for the work any more; stop it then. */
    default Cancellation cancellation() {
        return Cancellation.NONE;
    }
}
