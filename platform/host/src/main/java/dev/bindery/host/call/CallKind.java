package dev.bindery.host.call;

/** What a client asked of a model. */
public enum CallKind {
    GENERATE(true),
    EMBED(true),
    TOKENIZE(false),
    DETOKENIZE(false),
    COUNT_TOKENS(false);

    private final boolean isWork;

    CallKind(boolean isWork) {
        this.isWork = isWork;
    }

    /**
     * Whether it is what a model is for, so that a success shows that the binding works. The others
     * may succeed by the contract's defaults, or by a table, where nothing else does.
     */
    public boolean isWork() {
        return isWork;
    }
}
