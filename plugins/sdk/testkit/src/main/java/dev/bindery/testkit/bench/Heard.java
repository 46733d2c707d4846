package dev.bindery.testkit.bench;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingException;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.OperationType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Listens to one answer, and notes what a callback must never see: two threads at once, operations
 * after the end, texts that end in the middle of a character.
 */
public final class Heard implements GenerationCallback {
    private static final Set<OperationType> TEXT =
            Set.of(
                    OperationType.ADD_CHUNK,
                    OperationType.NEW_LINE,
                    OperationType.REPLACE_LAST,
                    OperationType.SET_CONTENT,
                    OperationType.SET_CONTENT_INVISIBLE_TO_AI);

    private final Predicate<Operation> wants;
    private final List<Operation> operations = new ArrayList<>();
    private final Answer accepted = new Answer(IGNORE);
    private final AtomicInteger inside = new AtomicInteger();
    private final CountDownLatch firstOrEnd = new CountDownLatch(1);
    private final List<String> faults = new CopyOnWriteArrayList<>();
    private volatile boolean begun;
    private volatile boolean refused;
    private volatile boolean ended;
    private int textAfterRefusal;
    private @Nullable GenerationResult result;
    private @Nullable BindingException failure;
    private @Nullable Throwable thrown;

    /**
     * @param wants what the callback answers; false is given only once
     */
    Heard(Predicate<Operation> wants) {
        this.wants = wants;
    }

    @Override
    public boolean on(Operation operation) {
        if (inside.incrementAndGet() > 1) {
            faults.add(
                    "two threads called the callback at once; call it from one thread at a time");
        }
        try {
            return hear(operation);
        } finally {
            inside.decrementAndGet();
        }
    }

    private synchronized boolean hear(Operation operation) {
        if (ended) {
            faults.add("%s was sent after generate had ended".formatted(operation.type()));
            return false;
        }
        if (refused) {
            textAfterRefusal += isText(operation) ? 1 : 0;
            return false;
        }
        if (endsInMidCharacter(operation.text())) {
            faults.add(
                    "a piece of text ends in the middle of a surrogate pair: %s; keep half a character back until the rest has come"
                            .formatted(Said.quoted(operation.text())));
        }
        operations.add(operation);
        if (isText(operation) && !operation.text().isEmpty()) {
            begun = true;
            firstOrEnd.countDown();
        }
        if (wants.test(operation)) {
            return accepted.on(operation);
        }
        refused = true;
        return false;
    }

    private static boolean isText(Operation operation) {
        return TEXT.contains(operation.type());
    }

    private static boolean endsInMidCharacter(String text) {
        return !text.isEmpty() && Character.isHighSurrogate(text.charAt(text.length() - 1));
    }

    void end(@Nullable GenerationResult result, Attempt<?> attempt) {
        ended = true;
        this.result = result;
        this.failure = attempt.failure();
        this.thrown = attempt.thrown();
    }

    /** No more will come. */
    void over() {
        firstOrEnd.countDown();
    }

    /** Waits for the first piece of text; not longer than until the answer's end. */
    public boolean beginsWithin(Duration time) throws InterruptedException {
        boolean _ = firstOrEnd.await(time.toMillis(), TimeUnit.MILLISECONDS);
        return begun;
    }

    /** What was heard so far. */
    public synchronized List<Operation> operations() {
        return List.copyOf(operations);
    }

    /** The operations that make up the text. */
    public List<Operation> pieces() {
        return operations().stream().filter(Heard::isText).toList();
    }

    /** What the operations add up to, the refused one left out. */
    public synchronized String text() {
        return accepted.text();
    }

    public synchronized String text(int candidate) {
        return accepted.text(candidate);
    }

    /** The operations' answer as a result. */
    public synchronized GenerationResult sum() {
        return accepted.result(FinishReason.STOP);
    }

    public synchronized int textAfterRefusal() {
        return textAfterRefusal;
    }

    public List<String> faults() {
        return List.copyOf(faults);
    }

    public Optional<GenerationResult> result() {
        return Optional.ofNullable(result);
    }

    /** How it failed, as a caller hears it. */
    public Optional<BindingException> failure() {
        return Optional.ofNullable(failure);
    }

    /** The result of an answer that must not fail. */
    public GenerationResult orFail(String what) {
        if (thrown != null) {
            throw Violation.of("%s failed with %s", what, Said.of(thrown));
        }
        if (result == null) {
            throw Violation.of("%s returned null; the contract has no null results", what);
        }
        return result;
    }

    /** The failure of an answer that must not succeed. */
    public BindingException orSucceed(String what, String expected) {
        BindingException e = failure;
        if (e == null) {
            throw Violation.of(
                    "%s returned %s as if all were well; expected %s. An empty or cut answer is never an error's disguise",
                    what, result().map(r -> Said.quoted(r.text())).orElse("null"), expected);
        }
        return e;
    }

    /** Why it ended; nothing for a failure. */
    public Optional<FinishReason> finishReason() {
        return result().map(end -> end.first().finishReason());
    }
}
