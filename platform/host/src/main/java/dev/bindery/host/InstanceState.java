package dev.bindery.host;

/** Where an instance stands in its life. */
public enum InstanceState {
    STARTING,
    /** It serves. */
    ACTIVE,
    /** A setting that is needed has no value; the reason names it. */
    NEEDS_CONFIGURATION,
    /** The operator switched it, or its binding, off. */
    DISABLED,
    /** It could not start; the reason says why. */
    FAILED,
    /** Its binding is not there. */
    STOPPED
}
