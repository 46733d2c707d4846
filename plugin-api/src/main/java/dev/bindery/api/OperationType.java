package dev.bindery.api;

import java.util.List;
import java.util.Objects;
import org.apiguardian.api.API;

/**
 * What one {@link Operation} asks of whoever shows the answer: the guide's {@code
 * MSG_OPERATION_TYPE} 0–17 under the same codes, and Bindery's own from 18 on.
 *
 * <p>The set grows: compare with the constants, and ignore codes that you do not know.
 *
 * @param code the number on the wire, not negative
 * @param name the name on the wire, upper case
 */
@API(status = API.Status.STABLE, since = "1.0")
public record OperationType(int code, String name) {
    /** Add the text to the current message. */
    public static final OperationType ADD_CHUNK = new OperationType(0, "ADD_CHUNK");

    /** The text becomes the whole content of the current message. */
    public static final OperationType SET_CONTENT = new OperationType(1, "SET_CONTENT");

    /** The text becomes the content, shown to the user and not sent to the model again. */
    public static final OperationType SET_CONTENT_INVISIBLE_TO_AI =
            new OperationType(2, "SET_CONTENT_INVISIBLE_TO_AI");

    /** The text becomes the content, sent to the model again and not shown to the user. */
    public static final OperationType SET_CONTENT_INVISIBLE_TO_USER =
            new OperationType(3, "SET_CONTENT_INVISIBLE_TO_USER");

    /** An exception occurred; the text says which. */
    public static final OperationType EXCEPTION = new OperationType(4, "EXCEPTION");

    /** A warning to be shown. */
    public static final OperationType WARNING = new OperationType(5, "WARNING");

    /** An information to be shown. */
    public static final OperationType INFO = new OperationType(6, "INFO");

    /** A step that takes no time. */
    public static final OperationType STEP = new OperationType(7, "STEP");

    /** A step has started; the text explains it. */
    public static final OperationType STEP_START = new OperationType(8, "STEP_START");

    /** Progress of the step; the text is a percentage, 0 to 100. */
    public static final OperationType STEP_PROGRESS = new OperationType(9, "STEP_PROGRESS");

    /** The step is done; the text explains it. */
    public static final OperationType STEP_END_SUCCESS = new OperationType(10, "STEP_END_SUCCESS");

    /** The step has failed; the text explains it. */
    public static final OperationType STEP_END_FAILURE = new OperationType(11, "STEP_END_FAILURE");

    /** JSON that summarises how the answer came about. */
    public static final OperationType JSON_INFOS = new OperationType(12, "JSON_INFOS");

    /** A reference in the form {@code [text](path)}. */
    public static final OperationType REF = new OperationType(13, "REF");

    /** JavaScript for a client that runs it. */
    public static final OperationType CODE = new OperationType(14, "CODE");

    /** A user interface component for a client that shows it. */
    public static final OperationType UI = new OperationType(15, "UI");

    /** A new message begins. */
    public static final OperationType NEW_MESSAGE = new OperationType(16, "NEW_MESSAGE");

    /** The current message is finished. */
    public static final OperationType FINISHED_MESSAGE = new OperationType(17, "FINISHED_MESSAGE");

    /**
     * The text replaces that of the last {@link #ADD_CHUNK}, {@link #NEW_LINE} or {@code
     * REPLACE_LAST}.
     */
    public static final OperationType REPLACE_LAST = new OperationType(18, "REPLACE_LAST");

    /** Add a line break to the current message. */
    public static final OperationType NEW_LINE = new OperationType(19, "NEW_LINE");

    /** A fragment of a tool call: {@link Operation#toolCall()}. */
    public static final OperationType TOOL_CALL = new OperationType(20, "TOOL_CALL");

    /** A piece of reasoning: the text, or {@link Operation#reasoning()}. */
    public static final OperationType REASONING = new OperationType(21, "REASONING");

    /** A medium of the answer: {@link Operation#media()}. */
    public static final OperationType MEDIA = new OperationType(22, "MEDIA");

    /** Token counts so far; the last one stands: {@link Operation#usage()}. */
    public static final OperationType USAGE = new OperationType(23, "USAGE");

    /** Log probabilities of the tokens just sent: {@link Operation#logprobs()}. */
    public static final OperationType LOGPROBS = new OperationType(24, "LOGPROBS");

    private static final List<OperationType> KNOWN =
            List.of(
                    ADD_CHUNK,
                    SET_CONTENT,
                    SET_CONTENT_INVISIBLE_TO_AI,
                    SET_CONTENT_INVISIBLE_TO_USER,
                    EXCEPTION,
                    WARNING,
                    INFO,
                    STEP,
                    STEP_START,
                    STEP_PROGRESS,
                    STEP_END_SUCCESS,
                    STEP_END_FAILURE,
                    JSON_INFOS,
                    REF,
                    CODE,
                    UI,
                    NEW_MESSAGE,
                    FINISHED_MESSAGE,
                    REPLACE_LAST,
                    NEW_LINE,
                    TOOL_CALL,
                    REASONING,
                    MEDIA,
                    USAGE,
                    LOGPROBS);

    public OperationType {
        Objects.requireNonNull(name, "name");
        if (code < 0) {
            throw new IllegalArgumentException("an operation's code is not negative: " + code);
        }
    }

    /** The types of this version of the contract, in the order of their codes. */
    public static List<OperationType> known() {
        return KNOWN;
    }

    /** The type of that code; one this version does not know is named {@code OPERATION_code}. */
    public static OperationType of(int code) {
        return code >= 0 && code < KNOWN.size()
                ? KNOWN.get(code)
                : new OperationType(code, "OPERATION_" + code);
    }

    @Override
    public String toString() {
        return name;
    }
}
