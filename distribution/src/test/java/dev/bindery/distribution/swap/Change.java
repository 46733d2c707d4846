package dev.bindery.distribution.swap;

/** What an operator does to a host that serves. */
enum Change {
    JAR_RENAMED_INTO_PLACE,
    JAR_WRITTEN_OVER,
    INSTALLED_OVER_HTTP,
    INSTALLED_BY_COMMAND,
    UPDATE_THAT_DOES_NOT_START,
    RELOADED,
    ROLLED_BACK,
    SET_LIVE,
    SET_BY_A_FRESH_INSTANCE,
    SET_REFUSED,
    OTHER_SWITCHED_OFF_AND_ON,
    INSTANCE_ADDED,
    INSTANCE_RENAMED,
    INSTANCE_REMOVED
}
