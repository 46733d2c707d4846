package dev.bindery.faulty;

/** A way to break the contract. At most one is on, in this whole process. */
public enum Fault {
    NONE,
    STOP_FAILS,
    FREED_MODELS_STAY_AWAY,
    CLAIMS_WHAT_THE_CARD_DOES_NOT,
    ANSWERS_FOR_ANY_MODEL,
    DROPS_LINE_ENDS,
    FORBIDS_SYSTEM,
    FORBIDS_IMAGES,
    FORBIDS_DOCUMENTS,
    FORBIDS_AUDIO,
    FORBIDS_TOOLS,
    FORBIDS_TOOL_RESULTS,
    CUTS_ARGUMENTS,
    FORBIDS_JSON,
    FORBIDS_SCHEMAS,
    INTRODUCES_JSON,
    MIXES_THOUGHTS_WITH_TEXT,
    GIVES_ONE_CANDIDATE,
    FORBIDS_LOGPROBS,
    TAKES_ANY_COMMAND,
    KNOWS_ALL_CAPABILITIES,
    KNOWS_ALL_ROLES,
    KNOWS_ALL_PARTS,
    READS_ALL_PROVIDER_DATA,
    KNOWS_ALL_FORMATS,
    KNOWS_ALL_TOOL_CHOICES,
    KNOWS_ALL_EFFORTS,
    KNOWS_ALL_PURPOSES,
    KNOWS_ALL_PARAMETERS,
    KNOWS_ALL_REASONS,
    TAKES_A_CANCELLATION_FOR_AN_ERROR,
    BREAKS_WHEN_CANCELLED_LATE,
    READS_ON_WHEN_CANCELLED,
    DRAWS_TOKENS_BY_LOT,
    COUNTS_NOTHING,
    COLLECTS_THE_STREAM,
    DECODES_EACH_READ,
    KNOWS_ALL_EVENTS,
    KEEPS_CARRIAGE_RETURNS,
    LOSES_TOKEN_COUNTS,
    MIXES_TOKEN_COUNTS_UP,
    ALWAYS_ENDS_FOR_STOP,
    CALLS_ALL_ERRORS_THE_SAME,
    SAYS_NOTHING_OF_ERRORS,
    READS_PAUSES_IN_MILLISECONDS,
    READS_NO_DATES,
    TAKES_A_PAGE_FOR_AN_ANSWER,
    TAKES_GARBAGE_FOR_AN_ANSWER,
    TAKES_A_HANG_UP_FOR_AN_ANSWER,
    TAKES_A_CUT_FOR_THE_END,
    IGNORES_ERRORS_IN_MID_STREAM,
    BREAKS_AFTER_A_PAGE,
    STUMBLES_OVER_SETTINGS,
    BREAKS_WITH_OTHER_SETTINGS,
    TELLS_ITS_INSTANCE,
    LIVES_ONCE_ONLY,
    DIFFERS_IN_A_PROCESS,
    GIVES_UP_BY_ITSELF,
    SHOWS_ITS_KEY;

    private static final String PROPERTY = "bindery.testkit.fault";

    /** From now on the binding has this one, and no other. */
    public void begin() {
        System.setProperty(PROPERTY, name());
    }

    /** Whether the binding has it now; its class loader has a constant of its own. */
    boolean isOn() {
        return name().equals(System.getProperty(PROPERTY));
    }

    /** Fails like code that has not thought of something. */
    void stumbleIf(boolean met) {
        if (met && isOn()) {
            throw new IllegalStateException("not thought of");
        }
    }
}
