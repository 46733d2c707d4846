package dev.bindery.host.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VanishingTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @TempDir private Path home;
    private final Vanishing vanishing = new Vanishing();
    private Path file;

    @BeforeEach
    void write() throws IOException {
        file = Files.createDirectories(home.resolve("instances")).resolve("second.yaml");
        Files.createFile(file);
    }

    private List<Path> after(long milliseconds) {
        return vanishing.of(List.of(file), NOW.plusMillis(milliseconds));
    }

    @Test
    void aFileThatIsGoneForAMomentIsGone() throws IOException {
        assertThat(after(0)).isEmpty();
        Files.delete(file);

        assertThat(after(100)).isEmpty();
        assertThat(after(900)).isEmpty();
        assertThat(after(1200)).containsExactly(file);
    }

    /** As editors do who keep the text before: they move the file away, and write another. */
    @Test
    void aFileThatIsReplacedByRemovingItFirstIsNotGone() throws IOException {
        Files.delete(file);
        assertThat(after(0)).isEmpty();
        Files.createFile(file);
        assertThat(after(900)).isEmpty();
        Files.delete(file);

        assertThat(after(1800)).isEmpty();
    }

    @Test
    void nothingIsGoneWithTheFolder() throws IOException {
        Files.move(file.getParent(), home.resolve("elsewhere"));

        assertThat(after(0)).isEmpty();
        assertThat(after(5000)).isEmpty();
    }
}
