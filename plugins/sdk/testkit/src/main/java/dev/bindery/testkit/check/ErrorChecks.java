package dev.bindery.testkit.check;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.testkit.bench.Heard;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Violation;
import dev.bindery.testkit.upstream.MockUpstream;
import dev.bindery.testkit.upstream.Script;
import java.time.Duration;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** What an upstream may do wrong, and what callers are told of it. */
final class ErrorChecks {
    static final Area AREA =
            Area.of(
                    "errors",
                    new Check("the provider's errors have the fitting codes", ErrorChecks::codes),
                    new Check("a pause in seconds is passed on", ErrorChecks::pauseInSeconds),
                    new Check("a pause until a date is passed on", ErrorChecks::pauseUntil),
                    new Check("a page for people is an upstream's error", ErrorChecks::page),
                    new Check("an unreadable answer is an upstream's error", ErrorChecks::garbage),
                    new Check("a closed connection is an upstream's error", ErrorChecks::hangUp),
                    new Check("an answer that is cut is no answer", ErrorChecks::cut),
                    new Check("an error in mid-stream is an error", ErrorChecks::midStream),
                    new Check("after errors it answers again", ErrorChecks::again));

    private static final Set<ErrorCode> BROKEN =
            Set.of(ErrorCode.UPSTREAM_ERROR, ErrorCode.UPSTREAM_UNAVAILABLE);
    private static final long PAUSE = 3600;

    private ErrorChecks() {}

    private static BindingException failure(
            Trial trial, Script script, boolean streaming, String what, String expected)
            throws Exception {
        trial.mustPlay(script);
        Questions questions = trial.questions();
        Heard heard = questions.hear(questions.usual().streaming(streaming));
        BindingException e =
                heard.orSucceed((streaming ? "streamed, " : "not streamed, ") + what, expected);
        Violation.unless(
                e.getMessage() != null && !e.getMessage().isBlank(),
                "%s fails with %s and says nothing; say what was found and what to do",
                what,
                e.code());
        return e;
    }

    private static void codes(Trial trial) throws Exception {
        MockUpstream upstream = trial.upstream();
        List<ErrorCode> said = new ArrayList<>();
        for (ErrorCode code :
                List.of(
                        ErrorCode.INVALID_REQUEST,
                        ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                        ErrorCode.CONTENT_FILTERED,
                        ErrorCode.MODEL_NOT_FOUND,
                        ErrorCode.RATE_LIMITED,
                        ErrorCode.OVERLOADED,
                        ErrorCode.UPSTREAM_AUTHENTICATION,
                        ErrorCode.UPSTREAM_ERROR)) {
            Script refusal = Script.refuses(code, "refused, as " + code);
            if (upstream.canPlay(refusal)) {
                said.add(code);
                hasCode(trial, refusal, code);
            }
        }
        Inapplicable.unless(!said.isEmpty(), "the mock upstream knows no errors");
    }

    private static void hasCode(Trial trial, Script refusal, ErrorCode code) throws Exception {
        for (boolean streaming : List.of(true, false)) {
            BindingException e =
                    failure(trial, refusal, streaming, "the provider's " + code, code.name());
            boolean fits =
                    e.code().equals(code)
                            || (code.equals(ErrorCode.UPSTREAM_ERROR) && BROKEN.contains(e.code()));
            Violation.unless(
                    fits,
                    "the provider says what the contract calls %s, the call failed with %s",
                    code,
                    Said.of(e));
        }
    }

    private static void pause(Trial trial, String header) throws Exception {
        Script script =
                Script.refuses(ErrorCode.RATE_LIMITED, "too many requests").retryAfter(header);
        for (boolean streaming : List.of(true, false)) {
            BindingException e =
                    failure(trial, script, streaming, "a refusal with a pause", "RATE_LIMITED");
            long found = e.retryAfter().map(Duration::toSeconds).orElse(-1L);
            Violation.unless(
                    e.code().equals(ErrorCode.RATE_LIMITED) && Math.abs(found - PAUSE) < 90,
                    "the provider sent `Retry-After: %s`, that is a pause of %d s; the call failed with %s and retryAfter %s",
                    header,
                    PAUSE,
                    Said.of(e),
                    e.retryAfter().map(String::valueOf).orElse("absent"));
        }
    }

    private static void pauseInSeconds(Trial trial) throws Exception {
        isHttp(trial);
        pause(trial, String.valueOf(PAUSE));
    }

    private static void pauseUntil(Trial trial) throws Exception {
        isHttp(trial);
        pause(
                trial,
                DateTimeFormatter.RFC_1123_DATE_TIME.format(
                        ZonedDateTime.now(ZoneOffset.UTC).plusSeconds(PAUSE)));
    }

    private static void isHttp(Trial trial) {
        Inapplicable.unless(
                trial.upstream() instanceof dev.bindery.testkit.upstream.HttpUpstream,
                "the mock upstream does not speak HTTP");
    }

    private static void broken(Trial trial, Script script, String what) throws Exception {
        for (boolean streaming : List.of(true, false)) {
            BindingException e =
                    failure(
                            trial,
                            script,
                            streaming,
                            what,
                            "UPSTREAM_ERROR or UPSTREAM_UNAVAILABLE");
            Violation.unless(
                    BROKEN.contains(e.code()),
                    "%s, %s failed with %s; expected UPSTREAM_ERROR or UPSTREAM_UNAVAILABLE",
                    streaming ? "streamed" : "not streamed",
                    what,
                    Said.of(e));
        }
    }

    private static void page(Trial trial) throws Exception {
        broken(trial, Script.html(), "status 500 with a page of HTML");
    }

    private static void garbage(Trial trial) throws Exception {
        broken(trial, Script.garbage(), "status 200 with broken JSON");
    }

    private static void hangUp(Trial trial) throws Exception {
        broken(trial, Script.hangsUp(), "a connection that is closed without an answer");
    }

    private static void cut(Trial trial) throws Exception {
        broken(
                trial,
                Script.says("One", " two", " three").cutAfter(1),
                "an answer whose connection breaks in the middle");
    }

    private static void midStream(Trial trial) throws Exception {
        Script script = Script.says("One", " two", " three").failsAfter(1);
        BindingException e =
                failure(
                        trial,
                        script,
                        true,
                        "a stream that says in the middle that the provider failed",
                        "UPSTREAM_ERROR");
        Violation.unless(
                !e.code().equals(ErrorCode.INTERNAL) && !e.code().equals(ErrorCode.CANCELLED),
                "an error in mid-stream is the provider's, the call failed with %s",
                Said.of(e));
    }

    private static void again(Trial trial) throws Exception {
        trial.upstream();
        trial.play(Trial.USUAL);
        Questions questions = trial.questions();
        questions.answer("the call after all these errors", questions.usual());
    }
}
