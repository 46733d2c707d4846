package dev.bindery.distribution.walk;

/** What can happen to a host. */
enum Step {
    DROP,
    OVERWRITE,
    OVERWRITE_WITH_ONE_THAT_DOES_NOT_START,
    TRUNCATE,
    REMOVE,
    INSTALL,
    UNINSTALL,
    RELOAD,
    ENABLE,
    DISABLE,
    SET_LIVE,
    SET_FRESH,
    SET_REFUSED,
    ADD_INSTANCE,
    REMOVE_INSTANCE,
    CANCEL,
    KILL_CHILD,
    RESTART,
    KILL_HOST,
    OVERWRITE_AND_KILL_HOST
}
