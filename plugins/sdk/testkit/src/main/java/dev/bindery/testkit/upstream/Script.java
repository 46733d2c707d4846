package dev.bindery.testkit.upstream;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.ToolCallPart;
import dev.bindery.api.Usage;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a provider does with the requests for an answer that come next: what it says, and what goes
 * wrong with it. Immutable.
 */
public final class Script {
    /** What becomes of the answer. */
    public enum Course {
        /** It comes whole. */
        COMPLETE,
        /**
         * After some pieces nothing comes, until {@link MockUpstream#release} or the caller leaves.
         */
        HOLD,
        /** The connection ends in the middle of a piece. */
        CUT,
        /** After some pieces the stream says that the provider failed. */
        FAIL,
        /** A status that is an error, in the provider's own words. */
        REFUSE,
        /** Status 500 with a page for people, as proxies send it. */
        HTML,
        /** Status 200 with something that nobody can read. */
        GARBAGE,
        /** The connection ends before anything is said. */
        HANG_UP
    }

    /** An answer of several pieces and scripts, where it does not matter what is said. */
    public static final Script USUAL = says("One", " two,", " drei – ", "четыре", " 五 ", "😀.");

    private List<String> pieces = List.of();
    private String reasoning = "";
    private List<ToolCallPart> toolCalls = List.of();
    private FinishReason finishReason = FinishReason.STOP;
    private int candidates = 1;
    private Course course = Course.COMPLETE;
    private int at;
    private boolean noisy;
    private boolean inSingleBytes;
    private ErrorCode error = ErrorCode.UPSTREAM_ERROR;
    private String errorMessage = "the mock upstream refuses, as it was told to";
    private @Nullable String retryAfter;

    private Script() {}

    private Script(Script other) {
        pieces = other.pieces;
        reasoning = other.reasoning;
        toolCalls = other.toolCalls;
        finishReason = other.finishReason;
        candidates = other.candidates;
        course = other.course;
        at = other.at;
        noisy = other.noisy;
        inSingleBytes = other.inSingleBytes;
        error = other.error;
        errorMessage = other.errorMessage;
        retryAfter = other.retryAfter;
    }

    /** An answer of that text, streamed in these pieces. */
    public static Script says(String... pieces) {
        Script script = new Script();
        script.pieces = List.of(pieces);
        return script;
    }

    /** No answer begins; the connection stays. */
    public static Script silent() {
        return says("never", " said").holdsAfter(0);
    }

    /** An error instead of an answer. */
    public static Script refuses(ErrorCode code, String message) {
        Script script = says("never", " said").course(Course.REFUSE, 0);
        script.error = code;
        script.errorMessage = message;
        return script;
    }

    public static Script html() {
        return says("never", " said").course(Course.HTML, 0);
    }

    public static Script garbage() {
        return says("never", " said").course(Course.GARBAGE, 0);
    }

    public static Script hangsUp() {
        return says("never", " said").course(Course.HANG_UP, 0);
    }

    /** Thoughts before the answer. */
    public Script thinks(String text) {
        Script script = new Script(this);
        script.reasoning = text;
        return script;
    }

    /** Tool calls after the text. */
    public Script calls(ToolCallPart... calls) {
        Script script = new Script(this);
        script.toolCalls = List.of(calls);
        script.finishReason = FinishReason.TOOL_CALLS;
        return script;
    }

    /** Why the answer ends; also a reason that no provider knows today. */
    public Script ends(FinishReason reason) {
        Script script = new Script(this);
        script.finishReason = reason;
        return script;
    }

    /** The same answer that many times. */
    public Script candidates(int count) {
        Script script = new Script(this);
        script.candidates = count;
        return script;
    }

    public Script holdsAfter(int pieces) {
        return course(Course.HOLD, pieces);
    }

    public Script cutAfter(int pieces) {
        return course(Course.CUT, pieces);
    }

    public Script failsAfter(int pieces) {
        return course(Course.FAIL, pieces);
    }

    /** With keep-alives and events of unknown types between the pieces. */
    public Script noisy() {
        Script script = new Script(this);
        script.noisy = true;
        return script;
    }

    /** Every byte travels alone, so that no character and no event comes in one. */
    public Script inSingleBytes() {
        Script script = new Script(this);
        script.inSingleBytes = true;
        return script;
    }

    /** The value of the header Retry-After of a refusal: seconds, or a date. */
    public Script retryAfter(String value) {
        Script script = new Script(this);
        script.retryAfter = value;
        return script;
    }

    private Script course(Course course, int at) {
        Script script = new Script(this);
        script.course = course;
        script.at = at;
        return script;
    }

    /** The text in pieces, in order. */
    public List<String> pieces() {
        return pieces;
    }

    /** The whole text. */
    public String text() {
        return String.join("", pieces);
    }

    /** The thoughts before the text; empty for none. */
    public String reasoning() {
        return reasoning;
    }

    public List<ToolCallPart> toolCalls() {
        return toolCalls;
    }

    public FinishReason finishReason() {
        return finishReason;
    }

    /** How many times the same answer. */
    public int candidates() {
        return candidates;
    }

    /** What the provider counts: 7 tokens in, and one out for each piece and each tool call. */
    public Usage usage() {
        return Usage.of(7, Math.max(1, pieces.size() + toolCalls.size()));
    }

    public Course course() {
        return course;
    }

    /** After how many pieces that course begins. */
    public int at() {
        return at;
    }

    public boolean isNoisy() {
        return noisy;
    }

    public boolean isInSingleBytes() {
        return inSingleBytes;
    }

    /** What is meant by a refusal. */
    public ErrorCode error() {
        return error;
    }

    public String errorMessage() {
        return errorMessage;
    }

    public Optional<String> retryAfter() {
        return Optional.ofNullable(retryAfter);
    }

    @Override
    public String toString() {
        return "%s after %d of %d pieces".formatted(course, at, pieces.size());
    }
}
