package dev.bindery.api;

import org.apiguardian.api.API;

/**
 * Messages for the operator: they reach the log, the event stream and the console. Never put a
 * secret into one. May be called from any thread; never blocks.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public interface Notifications {
    void info(String message);

    void warning(String message);

    void error(String message);

    void success(String message);
}
