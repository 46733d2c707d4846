package dev.bindery.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.check.Outcome.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(180)
class SoundBindingTest {
    @TempDir Path folder;

    @Test
    void theSmallestBindingIsFoundSound() throws Exception {
        BindingUnderTest subject = BindingUnderTest.ofJar(new TestJar().writeTo(folder));

        Report report = Report.of(subject, _ -> {});

        assertThat(report.entries())
                .filteredOn(entry -> entry.outcome().verdict() == Verdict.FAILED)
                .isEmpty();
        assertThat(report.count(Verdict.PASSED)).isGreaterThan(25);
    }

    @Test
    void everyCheckHasANameOfItsOwn() {
        List<String> names = new ArrayList<>();
        Area.all().forEach(area -> area.checks().forEach(check -> names.add(check.name())));

        assertThat(names).doesNotHaveDuplicates();
    }

    @Test
    void aCheckThatIsLeftOutShowsItsReason() throws Exception {
        String check = "it starts and stops";
        Outcome outcome =
                new Tried(folder)
                        .outcome(
                                new TestJar(),
                                check,
                                subject -> subject.without(check, "it never ends"));

        assertThat(outcome.verdict()).isEqualTo(Verdict.SKIPPED);
        assertThat(outcome.message()).isEqualTo("it never ends");
    }

    @Test
    void aJarThatNoHostTakesIsReportedAsSuch() throws Exception {
        BindingUnderTest subject =
                BindingUnderTest.ofJar(new TestJar().card("colour: blue").writeTo(folder));

        Report report = Report.of(subject, _ -> {});

        assertThat(report.card()).isEmpty();
        assertThat(report.entries().getFirst().outcome().message()).contains("colour");
    }

    @Test
    void whatNeedsASettingThatNobodyGaveIsNotTried() throws Exception {
        TestJar jar =
                new TestJar()
                        .card(
                                "settings: [{name: api_key, type: str, value: \"\", help: \"Key\", secret: true, required: true}]");

        Report report = Report.of(BindingUnderTest.ofJar(jar.writeTo(folder)), _ -> {});

        assertThat(report.count(Verdict.FAILED)).as(report.entries().toString()).isZero();
        assertThat(report.entries())
                .anySatisfy(entry ->
                        assertThat(entry.outcome().message())
                                .isEqualTo("the required setting api_key has no value"));
    }

    @Test
    void whatNeedsASettingForSomeValuesOfAnotherIsNotTriedWithoutIt() throws Exception {
        TestJar jar =
                new TestJar()
                        .card(
                                "settings: [{name: api_key, type: str, value: \"\", help: \"Key\", secret: true}]")
                        .method(
                                "start",
                                "public void start(BindingContext context) { throw new BindingException(ErrorCode.NOT_CONFIGURED, \"api_key needs a value\"); }");

        Report report = Report.of(BindingUnderTest.ofJar(jar.writeTo(folder)), _ -> {});

        assertThat(report.count(Verdict.FAILED)).as(report.entries().toString()).isZero();
        assertThat(report.entries())
                .anySatisfy(entry ->
                        assertThat(entry.outcome().message())
                                .isEqualTo("it waits for settings: api_key needs a value"));
    }
}
