package dev.bindery.api;

import org.apiguardian.api.API;

/** How much installing a binding may do: the guide's {@code InstallOption}. A closed set. */
@API(status = API.Status.STABLE, since = "1.0")
public enum InstallOption {
    /** Nothing is installed; what is missing is an error. */
    NEVER_INSTALL,
    /** What is missing is installed. */
    INSTALL_IF_NECESSARY,
    /** Everything is installed anew. */
    FORCE_INSTALL
}
