package dev.bindery.testkit.check;

import dev.bindery.faulty.Fault;
import java.util.List;

/** Every fault of the binding that can be broken, and the checks that object to it. */
final class BrokenInOneWay {
    private static final String JSON = "JSON can be asked for";
    private static final String SCHEMA = "a JSON schema can be asked for";
    private static final String TOOLS = "tools can be offered";
    private static final String TOOL_CALL = "a tool's call arrives whole";
    private static final String CODES = "the provider's errors have the fitting codes";
    private static final String PAUSE = "a pause in seconds is passed on";
    private static final String PAUSE_UNTIL = "a pause until a date is passed on";
    private static final String PAGE = "a page for people is an upstream's error";
    private static final String GARBAGE = "an unreadable answer is an upstream's error";
    private static final String HANG_UP = "a closed connection is an upstream's error";
    private static final String CUT = "an answer that is cut is no answer";
    private static final String MID_STREAM = "an error in mid-stream is an error";
    private static final String PROCESS = "it runs in a process of its own, too";
    private static final String USAGE = "token counts are passed on";

    static final List<Broken> TABLE =
            List.of(
                    Broken.by(
                            Fault.STOP_FAILS,
                            "it starts and stops",
                            "two of its instances live side by side"),
                    Broken.by(Fault.FREED_MODELS_STAY_AWAY, "a model that was freed answers again"),
                    Broken.by(
                            Fault.CLAIMS_WHAT_THE_CARD_DOES_NOT,
                            "models claim what the card declares"),
                    Broken.by(Fault.ANSWERS_FOR_ANY_MODEL, "an unknown model is not found"),
                    Broken.by(Fault.DROPS_LINE_ENDS, "an answer is what the model said"),
                    Broken.by(Fault.FORBIDS_SYSTEM, "a longer conversation is answered"),
                    Broken.by(Fault.FORBIDS_IMAGES, "images can be sent"),
                    Broken.by(Fault.FORBIDS_DOCUMENTS, "documents can be sent"),
                    Broken.by(Fault.FORBIDS_AUDIO, "audio can be sent"),
                    Broken.by(Fault.FORBIDS_TOOLS, TOOLS, TOOL_CALL),
                    Broken.by(Fault.FORBIDS_TOOL_RESULTS, TOOL_CALL),
                    Broken.by(Fault.CUTS_ARGUMENTS, TOOL_CALL),
                    Broken.by(Fault.FORBIDS_JSON, JSON),
                    Broken.by(Fault.FORBIDS_SCHEMAS, SCHEMA),
                    Broken.by(Fault.INTRODUCES_JSON, JSON, SCHEMA),
                    Broken.by(
                            Fault.MIXES_THOUGHTS_WITH_TEXT,
                            "thoughts are kept apart from the text"),
                    Broken.by(Fault.GIVES_ONE_CANDIDATE, "several candidates can be asked for"),
                    Broken.by(Fault.FORBIDS_LOGPROBS, "log probabilities can be asked for"),
                    Broken.by(Fault.TAKES_ANY_COMMAND, "an undeclared command is unsupported"),
                    Broken.by(
                            Fault.KNOWS_ALL_CAPABILITIES,
                            "a capability of a later version harms nobody"),
                    Broken.by(Fault.KNOWS_ALL_ROLES, "a role of a later version harms nobody"),
                    Broken.by(Fault.KNOWS_ALL_PARTS, "a part of an unknown kind harms nobody"),
                    Broken.by(
                            Fault.READS_ALL_PROVIDER_DATA, "data of another provider harm nobody"),
                    Broken.by(
                            Fault.KNOWS_ALL_FORMATS,
                            "a response format of a later version harms nobody"),
                    Broken.by(
                            Fault.KNOWS_ALL_TOOL_CHOICES,
                            "a tool choice of a later version harms nobody"),
                    Broken.by(Fault.KNOWS_ALL_EFFORTS, "an effort of a later version harms nobody"),
                    Broken.by(
                            Fault.KNOWS_ALL_PURPOSES, "a purpose of a later version harms nobody"),
                    Broken.by(
                            Fault.KNOWS_ALL_PARAMETERS,
                            "parameters of an unknown dialect harm nobody"),
                    Broken.by(
                            Fault.KNOWS_ALL_REASONS,
                            "a finish reason of a later version is passed on"),
                    Broken.by(
                            Fault.TAKES_A_CANCELLATION_FOR_AN_ERROR,
                            "cancelled before it starts, a call ends",
                            "cancelled before the first token, a call ends",
                            "cancelled in mid-stream, a call ends with what there is",
                            "a cancelled call not streamed ends, too"),
                    Broken.by(
                            Fault.BREAKS_WHEN_CANCELLED_LATE,
                            "cancelled after its end, a call harms nobody"),
                    Broken.by(
                            Fault.READS_ON_WHEN_CANCELLED,
                            "the upstream sees a cancelled caller leave"),
                    Broken.by(Fault.DRAWS_TOKENS_BY_LOT, "the same text has the same tokens"),
                    Broken.by(Fault.COUNTS_NOTHING, "longer requests count more tokens"),
                    Broken.by(
                            Fault.COLLECTS_THE_STREAM, "a piece is passed on before the next one"),
                    Broken.by(Fault.DECODES_EACH_READ, "bytes may come one by one"),
                    Broken.by(
                            Fault.KNOWS_ALL_EVENTS, "keep-alives and unknown events mean nothing"),
                    Broken.by(
                            Fault.KEEPS_CARRIAGE_RETURNS,
                            "odd streams of the provider are understood"),
                    Broken.by(Fault.LOSES_TOKEN_COUNTS, USAGE),
                    Broken.by(Fault.MIXES_TOKEN_COUNTS_UP, USAGE),
                    Broken.by(Fault.ALWAYS_ENDS_FOR_STOP, "the reason of the end is passed on"),
                    Broken.by(Fault.CALLS_ALL_ERRORS_THE_SAME, CODES, PAUSE, PAUSE_UNTIL),
                    Broken.by(
                            Fault.SAYS_NOTHING_OF_ERRORS,
                            CODES,
                            PAUSE,
                            PAUSE_UNTIL,
                            PAGE,
                            GARBAGE,
                            HANG_UP,
                            CUT,
                            MID_STREAM),
                    Broken.by(Fault.READS_PAUSES_IN_MILLISECONDS, PAUSE),
                    Broken.by(Fault.READS_NO_DATES, PAUSE_UNTIL),
                    Broken.by(Fault.TAKES_A_PAGE_FOR_AN_ANSWER, PAGE),
                    Broken.by(Fault.TAKES_GARBAGE_FOR_AN_ANSWER, GARBAGE),
                    Broken.by(Fault.TAKES_A_HANG_UP_FOR_AN_ANSWER, HANG_UP),
                    Broken.by(Fault.TAKES_A_CUT_FOR_THE_END, CUT),
                    Broken.by(Fault.IGNORES_ERRORS_IN_MID_STREAM, MID_STREAM),
                    Broken.by(Fault.BREAKS_AFTER_A_PAGE, "after errors it answers again"),
                    Broken.by(
                            Fault.STUMBLES_OVER_SETTINGS,
                            "each setting can be changed while it runs"),
                    Broken.by(
                            Fault.BREAKS_WITH_OTHER_SETTINGS,
                            "a changed setting leaves the instance serving"),
                    Broken.by(
                            Fault.TELLS_ITS_INSTANCE,
                            "in a host it answers as it does alone",
                            PROCESS),
                    Broken.by(Fault.LIVES_ONCE_ONLY, "reloaded under calls, none of them fails"),
                    Broken.by(Fault.DIFFERS_IN_A_PROCESS, PROCESS),
                    Broken.by(
                            Fault.GIVES_UP_BY_ITSELF,
                            "the limit to the first token ends the call",
                            "the limit between tokens ends the call",
                            "the limit of the whole call ends it"),
                    Broken.by(Fault.SHOWS_ITS_KEY, "no secret is in what it tells"));

    private BrokenInOneWay() {}
}
