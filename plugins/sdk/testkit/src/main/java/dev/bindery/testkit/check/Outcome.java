package dev.bindery.testkit.check;

import dev.bindery.api.BindingException;
import dev.bindery.host.HostException;
import dev.bindery.testkit.bench.Inapplicable;
import dev.bindery.testkit.bench.Said;
import dev.bindery.testkit.bench.Violation;
import java.time.Duration;

/**
 * What came of one check.
 *
 * @param check its name
 * @param message what was found and expected, or why it was left out; empty where it passed
 */
public record Outcome(String check, Verdict verdict, String message, Duration took) {
    /** How a check can end. */
    public enum Verdict {
        PASSED,
        /** Kept, but something could be better. */
        ADVICE,
        /** There was nothing to try. */
        SKIPPED,
        FAILED
    }

    static Outcome of(Check check, Trial trial) throws InterruptedException {
        long begin = System.nanoTime();
        String exception = trial.subject().exceptions().get(check.name());
        if (exception != null) {
            return new Outcome(check.name(), Verdict.SKIPPED, exception, Duration.ZERO);
        }
        Outcome outcome = tried(check, trial);
        return new Outcome(
                outcome.check,
                outcome.verdict,
                outcome.message,
                Duration.ofNanos(System.nanoTime() - begin));
    }

    private static Outcome tried(Check check, Trial trial) throws InterruptedException {
        try {
            check.body().on(trial);
            return ended(check, Verdict.PASSED, "");
        } catch (Inapplicable e) {
            return ended(check, Verdict.SKIPPED, e.getMessage());
        } catch (Advice e) {
            return ended(check, Verdict.ADVICE, e.getMessage());
        } catch (Violation e) {
            return ended(check, Verdict.FAILED, e.getMessage());
        } catch (InterruptedException e) {
            throw e;
        } catch (BindingException | HostException e) {
            return ended(check, Verdict.FAILED, "the host answered " + Said.of(e));
        } catch (Exception | LinkageError e) {
            return ended(check, Verdict.FAILED, "it ended with " + Said.of(e));
        }
    }

    private static Outcome ended(
            Check check, Verdict verdict, @org.jspecify.annotations.Nullable String message) {
        return new Outcome(check.name(), verdict, String.valueOf(message), Duration.ZERO);
    }
}
