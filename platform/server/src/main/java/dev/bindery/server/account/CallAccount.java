package dev.bindery.server.account;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Operation;
import dev.bindery.api.Usage;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.ServedModel;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One call of a model. For the thread that makes it, and then for those that are told of its end;
 * the calls behind it may be noted by any thread.
 */
public final class CallAccount {
    private static final Set<String> PIECES =
            Set.of(
                    "ADD_CHUNK",
                    "SET_CONTENT",
                    "SET_CONTENT_INVISIBLE_TO_AI",
                    "REPLACE_LAST",
                    "NEW_LINE",
                    "TOOL_CALL",
                    "REASONING",
                    "MEDIA");
    private static final Usage UNKNOWN = Usage.builder().build();

    private final String operation;
    private final String asked;
    private final long started = System.nanoTime();
    private final AtomicInteger behindBegun = new AtomicInteger();
    private final List<CallAccount> behind = new CopyOnWriteArrayList<>();
    private long ended;
    private long firstPiece;
    private boolean begun;
    private @Nullable ServedModel model;
    private Usage usage = UNKNOWN;
    private @Nullable String error;
    private @Nullable Cost ownCost;

    CallAccount(String operation, String asked) {
        this.operation = operation;
        this.asked = asked;
    }

    /** What was asked for, in the words of OpenTelemetry: {@code chat}, {@code embeddings}. */
    public String operation() {
        return operation;
    }

    /** The name by which the client asked for a model; it may be anything. */
    public String asked() {
        return asked;
    }

    /** The model that it led to; absent where it led to none. */
    public Optional<ServedModel> model() {
        return Optional.ofNullable(model);
    }

    /**
     * The tokens that were told with its answer; those of the calls behind it may be among them.
     */
    public Usage usage() {
        return usage;
    }

    /**
     * What it took itself, which is what may be added up. Nothing where there are calls behind it:
     * theirs is counted under their own names.
     */
    public Usage ownUsage() {
        return hasCallsBehind() ? UNKNOWN : usage;
    }

    /** What it has cost, with the calls behind it; absent where nobody knows. */
    public Optional<Cost> cost() {
        return hasCallsBehind() ? costBehind() : ownCost();
    }

    /** What it has cost itself, which is what may be added up. */
    public Optional<Cost> ownCost() {
        return hasCallsBehind() ? Optional.empty() : Optional.ofNullable(ownCost);
    }

    private Optional<Cost> costBehind() {
        List<CallAccount> ended = behind();
        List<CallAccount> paid = ended.stream().filter(call -> !call.isFree()).toList();
        List<Cost> known = paid.stream().flatMap(call -> call.cost().stream()).toList();
        boolean all = ended.size() == behindBegun.get() && known.size() == paid.size();
        return all ? Cost.sum(known) : Optional.empty();
    }

    /** Whether it failed before it took anything. */
    public boolean isFree() {
        return error != null
                && usage.inputTokens().isEmpty()
                && behind.size() == behindBegun.get()
                && behind.stream().allMatch(CallAccount::isFree);
    }

    /** Whether its binding has asked other instances. */
    public boolean hasCallsBehind() {
        return behindBegun.get() > 0;
    }

    /** The calls that its binding has made of other instances, as far as they have ended. */
    public List<CallAccount> behind() {
        return List.copyOf(behind);
    }

    CallAccount beginBehind(String what, String model) {
        behindBegun.incrementAndGet();
        return new CallAccount(what, model);
    }

    void endBehind(CallAccount call) {
        behind.add(call);
    }

    void cost(Cost known) {
        ownCost = known;
    }

    /** Why it failed, of a bounded set; absent where it did not. */
    public Optional<String> error() {
        return Optional.ofNullable(error);
    }

    public Duration duration() {
        return Duration.ofNanos(ended - started);
    }

    /** From its beginning to the first piece of the answer; absent where there was none. */
    public Optional<Duration> toFirstPiece() {
        return begun ? Optional.of(Duration.ofNanos(firstPiece - started)) : Optional.empty();
    }

    /** When the first piece came, by the clock of {@link System#nanoTime}. */
    OptionalLong firstPiece() {
        return begun ? OptionalLong.of(firstPiece) : OptionalLong.empty();
    }

    void model(ServedModel led) {
        model = led;
    }

    AnswerSink hearing(AnswerSink sink) {
        return new AnswerSink() {
            @Override
            public boolean on(Operation operation) {
                heard(operation);
                return sink.on(operation);
            }

            @Override
            public void pause() {
                sink.pause();
            }

            @Override
            public boolean silence() {
                return sink.silence();
            }
        };
    }

    private void heard(Operation operation) {
        if (!begun && PIECES.contains(operation.type().name())) {
            begun = true;
            firstPiece = System.nanoTime();
        }
        operation.usage().ifPresent(soFar -> usage = soFar);
    }

    void ended(GenerationResult result) {
        if (result.first().finishReason().equals(FinishReason.CANCELLED)) {
            error = ErrorCode.CANCELLED.name();
        }
        ended(result.usage());
    }

    void ended(Optional<Usage> took) {
        ended = System.nanoTime();
        took.ifPresent(known -> usage = known);
    }

    void failed(RuntimeException e) {
        error = ErrorTypes.of(e);
        ended(e instanceof BindingException known ? known.usage() : Optional.empty());
    }
}
