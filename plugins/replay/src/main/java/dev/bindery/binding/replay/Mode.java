package dev.bindery.binding.replay;

/** Where answers come from. */
enum Mode {
    /** From a recording where there is one; else the target is asked, and recorded. */
    AUTO,
    /** From the target, which is recorded. */
    RECORD,
    /** From recordings only. */
    REPLAY
}
