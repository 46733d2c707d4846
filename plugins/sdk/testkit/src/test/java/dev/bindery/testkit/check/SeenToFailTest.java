package dev.bindery.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.faulty.Fault;
import dev.bindery.faulty.FaultyJar;
import dev.bindery.faulty.PlainFormat;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.check.Outcome.Verdict;
import dev.bindery.testkit.upstream.HttpUpstream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A check that cannot fail is worth nothing: one binding, broken in one way after another, in one
 * host. Of all checks in the areas that a fault concerns, those that are named object to it, and no
 * others.
 */
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeenToFailTest {
    /** What is broken elsewhere, jar by jar. */
    private static final Path BESIDE = Path.of("src/test/java/dev/bindery/testkit/check");

    private Trial trial;

    @BeforeAll
    void begin(@TempDir Path folder) throws IOException {
        Fault.NONE.begin();
        HttpUpstream upstream = new HttpUpstream(new PlainFormat());
        trial =
                Trial.of(
                        BindingUnderTest.ofJar(FaultyJar.writeTo(folder))
                                .upstream(upstream)
                                .starts(2)
                                .settings("api_key", "a-key-of-the-tests")
                                .settings("base_url", upstream.url()));
    }

    @AfterAll
    void end() {
        Fault.NONE.begin();
        trial.close();
    }

    @Test
    void withoutAFaultNoCheckObjects() throws Exception {
        assertThat(objections(Area.all())).isEmpty();
    }

    static List<Broken> table() {
        return BrokenInOneWay.TABLE;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("table")
    void aFaultIsSeenByTheChecksThatAreMeantForIt(Broken broken) throws Exception {
        trial.bench().rest();
        broken.fault().begin();
        Map<String, String> found;
        try {
            found = objections(broken.areas());
        } finally {
            Fault.NONE.begin();
        }

        assertThat(found.keySet()).as(found.toString()).isEqualTo(broken.checks());
    }

    @Test
    void everyCheckHasBeenSeenToFail() throws IOException {
        String beside = sources();
        List<String> unseen = new ArrayList<>();
        for (Area area : Area.all()) {
            for (Check check : area.checks()) {
                boolean here =
                        BrokenInOneWay.TABLE.stream()
                                .anyMatch(broken -> broken.checks().contains(check.name()));
                if (!here && !beside.contains('"' + check.name() + '"')) {
                    unseen.add(check.name());
                }
            }
        }

        assertThat(unseen).isEmpty();
    }

    private static String sources() throws IOException {
        StringBuilder text = new StringBuilder();
        try (Stream<Path> files = Files.list(BESIDE)) {
            for (Path file : files.filter(SeenToFailTest::isOfBrokenJars).toList()) {
                text.append(Files.readString(file));
            }
        }
        return text.toString();
    }

    private static boolean isOfBrokenJars(Path file) {
        return file.getFileName().toString().matches("Broken.*Test\\.java");
    }

    /** Who objects, and with which words. */
    private Map<String, String> objections(List<Area> areas) throws InterruptedException {
        Map<String, String> objections = new TreeMap<>();
        for (Area area : areas) {
            for (Check check : area.checks()) {
                Outcome outcome = check.run(trial);
                if (outcome.verdict() == Verdict.FAILED || outcome.verdict() == Verdict.ADVICE) {
                    objections.put(check.name(), outcome.message());
                }
            }
        }
        return objections;
    }
}
