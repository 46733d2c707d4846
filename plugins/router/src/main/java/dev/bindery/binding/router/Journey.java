package dev.bindery.binding.router;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonArray;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Notifications;
import dev.bindery.api.RetryBudget;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

/**
 * One request on its way along a route: asks target after target until one answers, or what came of
 * it is not to be tried again. For one thread.
 */
final class Journey {
    private static final Set<ErrorCode> NOT_ASKED =
            Set.of(
                    ErrorCode.NOT_CONFIGURED,
                    ErrorCode.MODEL_NOT_FOUND,
                    ErrorCode.UNSUPPORTED,
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED);

    private final String route;
    private final Routing routing;
    private final RetryBudget budget;
    private final BooleanSupplier abandoned;
    private final Notifications notifications;
    private final List<Failure> failures = new ArrayList<>();
    private Optional<String> answeredBy = Optional.empty();

    /**
     * @param budget the request's
     * @param abandoned whether nobody waits any more
     */
    Journey(
            String route,
            Routing routing,
            RetryBudget budget,
            BooleanSupplier abandoned,
            Notifications notifications) {
        this.route = route;
        this.routing = routing;
        this.budget = budget;
        this.abandoned = abandoned;
        this.notifications = notifications;
    }

    /** Asks a target. */
    @FunctionalInterface
    interface Call<T> {
        /**
         * @param share what the target may try again by itself
         * @throws Begun when it failed after the client had seen something of it
         */
        T of(Target target, RetryBudget share) throws Begun;
    }

    /** A failure that must not be tried again, since the client has seen a part of an answer. */
    static final class Begun extends Exception {
        private static final long serialVersionUID = 1L;

        private final transient BindingException failure;

        Begun(BindingException failure) {
            super(failure);
            this.failure = failure;
        }

        BindingException failure() {
            return failure;
        }
    }

    /**
     * @param order the targets in the sequence in which they are asked
     * @throws BindingException when none of them answers
     */
    <T> T through(List<Target> order, Call<T> call) {
        for (int i = 0; i < order.size(); i++) {
            Target target = order.get(i);
            Breaker breaker = routing.breakers().of(target);
            Optional<Breaker.Pass> pass = breaker.enter();
            if (pass.isEmpty()) {
                failures.add(Failure.paused(target, breaker));
            } else if (isAnotherTry() && !budget.take()) {
                pass.get().undecided();
                break;
            } else {
                boolean last = i == order.size() - 1;
                Optional<T> answer = ask(target, pass.get(), share(last), call);
                if (answer.isPresent()) {
                    return answer.get();
                }
            }
        }
        throw failure();
    }

    private RetryBudget share(boolean last) {
        return last ? budget : budget.atMost(routing.settings().targetRetries());
    }

    /** Whether a target was really asked before. */
    private boolean isAnotherTry() {
        return failures.stream().anyMatch(Failure::asked);
    }

    private <T> Optional<T> ask(Target target, Breaker.Pass pass, RetryBudget share, Call<T> call) {
        try {
            T answer = call.of(target, share);
            answeredBy = Optional.of(target.model());
            settle(target, pass);
            return Optional.of(answer);
        } catch (Begun e) {
            settle(target, pass, e.failure());
            throw e.failure();
        } catch (BindingException e) {
            settle(target, pass, e);
            failures.add(Failure.of(target, e));
            if (abandoned.getAsBoolean() || !routing.fallsBackOn(e.code())) {
                throw failure();
            }
            return Optional.empty();
        }
    }

    /** An answer that nobody waited for to its end says nothing. */
    private void settle(Target target, Breaker.Pass pass) {
        if (abandoned.getAsBoolean()) {
            pass.undecided();
        } else if (pass.answered()) {
            notifications.success(target.model() + " answers again");
        }
    }

    private void settle(Target target, Breaker.Pass pass, BindingException failure) {
        if (abandoned.getAsBoolean() || !Breaker.isOutage(failure.code())) {
            pass.undecided();
        } else if (pass.failed(failure)) {
            Duration pause = routing.breakers().of(target).remaining();
            notifications.warning(
                    "%s is paused for %d s: %s: %s"
                            .formatted(
                                    target.model(),
                                    Math.max(1, pause.toSeconds()),
                                    failure.code(),
                                    failure.getMessage()));
        }
    }

    /** How the answer came about, for the result's metadata. */
    JsonObject account() {
        List<JsonObject> tried = failures.stream().map(Failure::json).toList();
        JsonObject account = JsonObject.of("route", route, "target", answeredBy.orElse(null));
        return tried.isEmpty() ? account : account.with("failed", new JsonArray(tried));
    }

    /** What is told: a single failure as it was, several with each target's part in it. */
    private BindingException failure() {
        Failure told = told();
        if (failures.size() == 1 && told.error().isPresent()) {
            return told.error().get();
        }
        String all = failures.stream().map(Failure::text).collect(Collectors.joining("; "));
        BindingException.Builder failure =
                BindingException.builder(
                                code(told), "no target of %s answered: %s".formatted(route, all))
                        .retryAfter(soonest().orElse(null));
        told.error().flatMap(BindingException::usage).ifPresent(failure::usage);
        return failure.build();
    }

    /** A limit is told as such where nothing else keeps a target from answering. */
    private ErrorCode code(Failure told) {
        boolean limited = failures.stream().filter(Failure::isPaused).allMatch(Failure::limited);
        return told.isPaused() && limited ? ErrorCode.RATE_LIMITED : told.code();
    }

    /** The last one that was asked says most; refusals before the asking say least. */
    private Failure told() {
        return failures.reversed().stream()
                .filter(Failure::asked)
                .findFirst()
                .or(() -> failures.stream().filter(Failure::isPaused).findFirst())
                .orElseGet(failures::getLast);
    }

    private Optional<Duration> soonest() {
        return failures.stream().flatMap(f -> f.retryAfter().stream()).min(Duration::compareTo);
    }

    /**
     * Why a target did not answer.
     *
     * @param error absent when it was not asked, since it is paused
     * @param limited whether it is paused because it was asked too much
     */
    private record Failure(
            Target target,
            Optional<BindingException> error,
            Optional<Duration> retryAfter,
            boolean limited) {
        static Failure of(Target target, BindingException error) {
            return new Failure(target, Optional.of(error), error.retryAfter(), false);
        }

        static Failure paused(Target target, Breaker breaker) {
            return new Failure(
                    target,
                    Optional.empty(),
                    Optional.of(breaker.remaining()),
                    breaker.isLimited());
        }

        boolean isPaused() {
            return error.isEmpty();
        }

        ErrorCode code() {
            return error.map(BindingException::code).orElse(ErrorCode.UPSTREAM_UNAVAILABLE);
        }

        boolean asked() {
            return error.filter(e -> !NOT_ASKED.contains(e.code())).isPresent();
        }

        String text() {
            return target.model()
                    + ": "
                    + error.map(e -> e.code() + ": " + e.getMessage())
                            .orElse(limited ? "paused by its rate limit" : "paused after failures");
        }

        JsonObject json() {
            return JsonObject.of(
                    "target",
                    target.model(),
                    "code",
                    error.map(e -> e.code().name()).orElse("PAUSED"));
        }
    }
}
