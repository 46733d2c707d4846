package dev.bindery.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.check.Outcome.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** What a single check says of a binding. */
record Tried(Path folder) {
    Outcome outcome(TestJar jar, String check, UnaryOperator<BindingUnderTest> more)
            throws IOException, InterruptedException {
        BindingUnderTest subject = BindingUnderTest.ofJar(jar.writeTo(folder));
        try (Trial trial = Trial.of(more.apply(subject))) {
            return named(check).run(trial);
        }
    }

    /** What a check says after another one. */
    void failsAfter(TestJar jar, String before, String check, String message) throws Exception {
        BindingUnderTest subject = BindingUnderTest.ofJar(jar.writeTo(folder));
        try (Trial trial = Trial.of(subject)) {
            named(before).run(trial);
            Outcome outcome = named(check).run(trial);
            assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
            assertThat(outcome.message()).contains(message);
        }
    }

    private static Check named(String name) {
        return Area.all().stream()
                .flatMap(area -> area.checks().stream())
                .filter(check -> check.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no check " + name));
    }

    void fails(TestJar jar, String check, String message) throws Exception {
        fails(jar, check, message, subject -> subject);
    }

    void fails(TestJar jar, String check, String message, UnaryOperator<BindingUnderTest> more)
            throws Exception {
        Outcome outcome = outcome(jar, check, more);
        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.FAILED);
        assertThat(outcome.message()).contains(message);
    }
}
