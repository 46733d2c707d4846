package dev.bindery.host.instance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.bindery.api.ConfigTemplate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An instance's file may go at any moment: between being seen and being read, too. */
class VanishingFilesTest {
    @TempDir Path home;

    private Path file;
    private InstanceStore store;

    @BeforeEach
    void open() throws IOException {
        Path folder = Files.createDirectories(home.resolve("conf/instances"));
        file = folder.resolve("second.yaml");
        store = new InstanceStore(folder, home.resolve("secrets"), Map.of());
    }

    @Test
    void aFileThatIsGoneBeforeItIsReadIsNoProblem() {
        assertThat(store.read(file)).isEqualTo("second");

        assertThat(store.problems()).isEmpty();
        assertThat(store.find("second")).isEmpty();
    }

    @Test
    void whatIsKnownOfItStaysUntilItsEndIsTold() throws IOException {
        Files.writeString(file, "binding: echo\n");
        store.read(file);
        Files.delete(file);

        store.read(file);

        assertThat(store.problems()).isEmpty();
        assertThat(store.files()).containsExactly(file);
        assertThat(store.find("second")).isPresent();
    }

    @Test
    void aFileThatIsBackWhenItsEndIsToldIsNotForgotten() throws IOException {
        Files.writeString(file, "binding: echo\n");
        store.read(file);

        assertThat(store.forget(file)).isFalse();
        assertThat(store.find("second")).isPresent();

        Files.delete(file);
        assertThat(store.forget(file)).isTrue();
        assertThat(store.find("second")).isEmpty();
    }

    @Test
    void settingsThatAreGoneAreNotRefused() {
        assertThatCode(() -> store.settings().checkFile("second", ConfigTemplate.EMPTY))
                .doesNotThrowAnyException();
    }
}
