package dev.bindery.api;

import org.apiguardian.api.API;

/**
 * Messages for the operator: they reach the log, the event stream and the console. Never put a
 * secret into one. May be called from any thread; never blocks.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface Notifications {
    /** Something worth knowing. */
    void info(String message);

    /** Something that may go wrong. */
    void warning(String message);

    /** Something that went wrong. */
    void error(String message);

    /** Something that was done. */
    void success(String message);
}
