package dev.bindery.testkit.bench;

import dev.bindery.api.BindingException;
import dev.bindery.host.call.Failures;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A call into a binding on a thread of its own, as a host makes it: with the binding's class loader
 * as the context, interrupted two seconds after a cancellation, given up after five.
 */
final class Attempt<T> {
    private static final Duration UNTIL_INTERRUPT = Duration.ofSeconds(2);
    private static final Duration UNTIL_STUCK = Duration.ofSeconds(3);

    private final String what;
    private final ClassLoader code;
    private final Thread thread;
    private final CountDownLatch done = new CountDownLatch(1);
    private volatile @Nullable T value;
    private volatile @Nullable Throwable thrown;

    Attempt(String what, ClassLoader context, boolean virtual, Callable<T> code) {
        this.what = what;
        this.code = context;
        Thread.Builder builder =
                virtual ? Thread.ofVirtual().name(what) : Thread.ofPlatform().daemon().name(what);
        thread = builder.unstarted(() -> run(code));
        thread.setContextClassLoader(context);
        thread.start();
    }

    private void run(Callable<T> code) {
        try {
            value = code.call();
        } catch (Throwable e) {
            thrown = e;
        } finally {
            Thread.currentThread().setContextClassLoader(null);
            done.countDown();
        }
    }

    boolean endsWithin(Duration time) throws InterruptedException {
        return done.await(time.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Waits for the end of a call that nobody cancels. */
    Attempt<T> finished(Duration patience) throws InterruptedException {
        if (!endsWithin(patience)) {
            String where = place();
            thread.interrupt();
            throw Violation.of(
                    "%s did not end within %d s; it was at %s", what, patience.toSeconds(), where);
        }
        return this;
    }

    /** Waits for the end of a call that was cancelled just now. */
    Attempt<T> ended(String after, boolean mayInterrupt) throws InterruptedException {
        if (!endsWithin(UNTIL_INTERRUPT)) {
            if (mayInterrupt) {
                thread.interrupt();
            }
            if (!endsWithin(UNTIL_STUCK)) {
                String where = place();
                thread.interrupt();
                throw Violation.of(
                        "%s went on for 5 s after %s, which counts as stuck; it was at %s. Ask request.cancellation().isCancelled() in loops, and close connections in onCancel(…)",
                        what, after, where);
            }
        }
        return this;
    }

    /** Where it is just now: in the binding's own code, where any of it is on the way there. */
    private String place() {
        StackTraceElement[] stack = thread.getStackTrace();
        return Arrays.stream(stack)
                .filter(this::isOfBinding)
                .findFirst()
                .or(() -> Arrays.stream(stack).findFirst())
                .map(StackTraceElement::toString)
                .orElse("an unknown place");
    }

    private boolean isOfBinding(StackTraceElement frame) {
        if (frame.getModuleName() != null || frame.getClassLoaderName() != null) {
            return false;
        }
        try {
            return code.equals(Class.forName(frame.getClassName(), false, code).getClassLoader());
        } catch (ClassNotFoundException | LinkageError _) {
            return false;
        }
    }

    @Nullable T value() {
        return value;
    }

    /** What it threw, as it was. */
    @Nullable Throwable thrown() {
        return thrown;
    }

    /** What a caller would get to hear of what it threw; null when it threw nothing. */
    @Nullable BindingException failure() {
        Throwable e = thrown;
        return e == null ? null : Failures.of(e);
    }

    /** The value, of a call that must not fail. */
    T orFail() {
        Throwable e = thrown;
        if (e instanceof Violation violation) {
            throw violation;
        }
        if (e != null) {
            throw Violation.of("%s failed with %s", what, Said.of(e));
        }
        T result = value;
        if (result == null) {
            throw Violation.of("%s returned null; the contract has no null results", what);
        }
        return result;
    }
}
