package dev.bindery.testkit.junit;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.bench.Violation;
import dev.bindery.testkit.check.Area;
import dev.bindery.testkit.check.Check;
import dev.bindery.testkit.check.Outcome;
import dev.bindery.testkit.check.Trial;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * The contract as a suite: extend it in the tests of a binding, say where the jar is, and every
 * rule becomes a test. It runs against the packed jar, so name the class {@code …IT} and run it
 * with {@code mvn verify}.
 *
 * <pre>{@code
 * class MyContractIT extends BindingContract {
 *     @Override
 *     protected BindingUnderTest binding() {
 *         return BindingUnderTest.ofPackedJar();
 *     }
 * }
 * }</pre>
 *
 * <p>A check that has nothing to try is aborted, with the reason.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class BindingContract {
    private @Nullable Trial trial;

    protected BindingContract() {}

    /** The jar, and what the suite needs to know of it; asked once, before all checks. */
    protected abstract BindingUnderTest binding();

    @BeforeAll
    void open() {
        trial = Trial.of(binding());
    }

    @AfterAll
    void close() {
        if (trial != null) {
            trial.close();
        }
    }

    @TestFactory
    Stream<DynamicNode> contract() {
        return Area.all().stream()
                .map(area ->
                        DynamicContainer.dynamicContainer(
                                area.name(), area.checks().stream().map(this::test)));
    }

    private DynamicTest test(Check check) {
        return DynamicTest.dynamicTest(check.name(), () -> report(run(check)));
    }

    private Outcome run(Check check) throws InterruptedException {
        if (trial == null) {
            throw new IllegalStateException("the trial has not begun");
        }
        return check.run(trial);
    }

    private static void report(Outcome outcome) {
        switch (outcome.verdict()) {
            case PASSED -> {}
            case ADVICE -> Assumptions.abort("advice: " + outcome.message());
            case SKIPPED -> Assumptions.abort(outcome.message());
            // Build tools show the numbers of dynamic tests only.
            case FAILED -> throw new Violation(outcome.check() + ": " + outcome.message());
        }
    }
}
