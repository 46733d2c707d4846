package dev.bindery.host;

/** Where a binding stands in its life. */
public enum BindingState {
    /** Its jar is copied and whole. */
    STAGED,
    /** Its card and its classes are in order. */
    VERIFIED,
    /** Its instances are being started. */
    STARTING,
    /** It serves. */
    ACTIVE,
    /** It takes no new calls and ends those it has. */
    DRAINING,
    /** Its code is gone from the host. */
    UNLOADED,
    /** The operator switched it off. */
    DISABLED,
    /** It cannot serve; the reason says why. */
    FAILED,
    /** The host keeps it away after repeated faults. */
    QUARANTINED,
    /** Another jar of the same id is preferred. */
    SHADOWED,
    /** It waits for the operator's approval. */
    AWAITING_APPROVAL,
    /** It was unloaded, but something still holds its classes. */
    LEAKED
}
