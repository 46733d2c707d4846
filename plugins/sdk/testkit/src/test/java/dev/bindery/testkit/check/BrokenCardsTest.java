package dev.bindery.testkit.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.testkit.check.Outcome.Verdict;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jars that keep the contract, and could be better. */
@Timeout(120)
class BrokenCardsTest {
    @TempDir Path folder;

    private void isAdvised(TestJar jar, String check, String message) throws Exception {
        Outcome outcome = new Tried(folder).outcome(jar, check, subject -> subject);

        assertThat(outcome.verdict()).as(outcome.toString()).isEqualTo(Verdict.ADVICE);
        assertThat(outcome.message()).contains(message);
    }

    @Test
    void anIdThatIsMadeOfTheNameIsSeen() throws Exception {
        isAdvised(new TestJar().withoutId(), "the card names its id", "write `id: sample`");
    }

    @Test
    void aJarWithoutReadmeAndLogoIsSeen() throws Exception {
        isAdvised(
                new TestJar().entry("logo.png"),
                "README.md and a logo lie at the root",
                "not in the jar: README.md");
    }

    @Test
    void aSettingWithoutHelpIsSeen() throws Exception {
        isAdvised(
                new TestJar().card("settings: [{name: size, type: int, value: 1, help: \"\"}]"),
                "every setting says what it is for",
                "the setting size has no help");
    }
}
