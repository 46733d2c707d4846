package dev.bindery.testkit.bench;

import dev.bindery.api.BindingException;
import dev.bindery.api.Caller;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Operation;
import dev.bindery.api.RetryBudget;
import dev.bindery.api.Threads;
import dev.bindery.api.TypedConfig;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Errand;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Predicate;

/** One started object of the binding, called as a host calls it. */
public final class Unit implements AutoCloseable {
    static final Duration TO_START = Duration.ofSeconds(60);
    private static final Duration TO_STOP = Duration.ofSeconds(30);

    private final LlmBinding binding;
    private final BenchContext context;
    private final ClassLoader loader;
    private final Duration patience;
    private final EndlessStop endless;

    Unit(
            LlmBinding binding,
            BenchContext context,
            ClassLoader loader,
            Duration patience,
            EndlessStop endless) {
        this.binding = binding;
        this.context = context;
        this.loader = loader;
        this.patience = patience;
        this.endless = endless;
    }

    /**
     * @param mayWait whether it may say that its settings are not enough to start with
     * @throws Inapplicable when it does
     */
    Unit start(boolean mayWait) throws InterruptedException {
        binding.attach(context);
        Attempt<Boolean> start = life("start", TO_START, () -> binding.start(context));
        BindingException failure = start.failure();
        if (mayWait && failure != null && failure.code().equals(ErrorCode.NOT_CONFIGURED)) {
            throw Inapplicable.waiting(String.valueOf(failure.getMessage()));
        }
        boolean _ = start.orFail();
        return this;
    }

    /** Calls something that has no result, and waits for its end. */
    private Attempt<Boolean> life(String what, Duration patience, Step step)
            throws InterruptedException {
        Callable<Boolean> code =
                () -> {
                    step.run();
                    return true;
                };
        return new Attempt<>(what, loader, false, code).finished(patience);
    }

    private interface Step {
        void run() throws Exception;
    }

    /** The object, for calls that {@link #call} makes. */
    public LlmBinding binding() {
        return binding;
    }

    /** A call that has to succeed. */
    public <T> T call(String what, Callable<T> code) throws InterruptedException {
        return attempt(what, code).orFail();
    }

    /** A call that has to fail, and how it did. */
    public BindingException failure(String what, String expected, Callable<?> code)
            throws InterruptedException {
        Attempt<?> attempt = attempt(what, code);
        BindingException failure = attempt.failure();
        if (failure == null) {
            throw Violation.of("%s succeeded; expected %s", what, expected);
        }
        return failure;
    }

    /** A call that may fail, but only with one of these codes. */
    public void answeredOrRefused(String what, Set<ErrorCode> refusals, Callable<?> code)
            throws InterruptedException {
        BindingException failure = attempt(what, code).failure();
        Violation.unless(
                failure == null || refusals.contains(failure.code()),
                "%s failed with %s; expected an answer, or one of %s",
                what,
                failure == null ? "nothing" : Said.of(failure),
                refusals);
    }

    private <T> Attempt<T> attempt(String what, Callable<T> code) throws InterruptedException {
        return new Attempt<>(what, loader, isVirtual(), () -> underWay().during(code::call))
                .finished(patience);
    }

    /** The errand of a request that has come to this instance, so that it may ask others. */
    private Errand underWay() {
        return Errand.beginning()
                .into(context.instance(), "any", Caller.UNKNOWN, RetryBudget.UNLIMITED);
    }

    private boolean isVirtual() {
        return context.card().threads() == Threads.VIRTUAL;
    }

    /** Asks, and waits for the end of the answer, whatever it is. */
    public Heard hear(GenerationRequest request) throws InterruptedException {
        return begin(request, _ -> true).finish();
    }

    /** Begins to ask. */
    public Running begin(GenerationRequest request, Predicate<Operation> wants) {
        return new Running(new CancellationSource(), new Heard(wants), request);
    }

    /** Asks what nobody wants to know any more. */
    public Running beginCancelled(GenerationRequest request) {
        CancellationSource cancellation = new CancellationSource();
        cancellation.cancel();
        return new Running(cancellation, new Heard(_ -> true), request);
    }

    /** Gives it other settings; true when they are in force. */
    public boolean update(TypedConfig updated) throws InterruptedException {
        boolean live = call("settingsUpdated", () -> binding.settingsUpdated(updated));
        if (live) {
            context.update(updated);
        }
        return live;
    }

    /** What it has told the operator so far. */
    public List<String> notices() {
        return context.notices();
    }

    /** Stops it, as a host does; one that never ended is not waited for again. */
    @Override
    public void close() {
        endless.check();
        try {
            boolean _ = endless.seen(() -> life("stop", TO_STOP, binding::stop)).orFail();
            context.end();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the binding was stopping", e);
        }
    }

    /** An answer that is being given. */
    public final class Running {
        private final CancellationSource cancellation;
        private final Heard heard;
        private final Attempt<GenerationResult> attempt;

        private Running(CancellationSource cancellation, Heard heard, GenerationRequest request) {
            this.cancellation = cancellation;
            this.heard = heard;
            GenerationRequest asked =
                    request.toBuilder().cancellation(cancellation).timeLimit(patience).build();
            this.attempt =
                    new Attempt<>(
                            "generate",
                            loader,
                            isVirtual(),
                            () ->
                                    underWay()
                                            .cancelledBy(cancellation)
                                            .during(() -> generate(asked)));
        }

        private GenerationResult generate(GenerationRequest asked) throws Exception {
            try {
                return binding.generate(asked, heard);
            } finally {
                heard.over();
            }
        }

        public Heard heard() {
            return heard;
        }

        /** Waits for its end. */
        public Heard finish() throws InterruptedException {
            attempt.finished(patience);
            return ended();
        }

        /** Cancels it, and waits as long as a host does. */
        public Heard cancel() throws InterruptedException {
            cancellation.cancel();
            return afterwards("its cancellation");
        }

        /** Waits for its end, which is due since that happened. */
        public Heard afterwards(String what) throws InterruptedException {
            attempt.ended(what, !context.card().uses().containsKey("http"));
            return ended();
        }

        private Heard ended() {
            heard.end(attempt.value(), attempt);
            return heard;
        }
    }
}
