package dev.bindery.host.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.host.BindingState;
import dev.bindery.host.HostException;
import dev.bindery.host.embedded.EmbeddedHost;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A disk that takes no more, and folders that cannot be written: what runs goes on, and it is said.
 */
class FullDiskTest {
    @TempDir Path folder;
    private HostHome home;

    @BeforeEach
    void start() throws IOException {
        Change.prepare(folder);
        home = new HostHome(EmbeddedHost.start(Change.options(folder)), folder);
        home.host().awaitSettled();
    }

    @AfterEach
    void stop() {
        Checkpoint.watch(_ -> {});
        home.host().close(Duration.ZERO);
    }

    private static void fullAt(Set<Checkpoint> places) {
        Checkpoint.watch(checkpoint -> {
            if (places.contains(checkpoint)) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        });
    }

    private void installThree() throws IOException {
        home.host().bindings().install(folder.resolve("three.jar"));
    }

    private String answer() {
        return home.ask("hi/m");
    }

    @ParameterizedTest
    @EnumSource(names = {"JAR_RECEIVED", "JAR_COPIED", "JAR_STAGED"})
    void aJarThatCannotBeCopiedIsNotInstalledAndSaidSo(Checkpoint place) throws IOException {
        fullAt(Set.of(place));
        assertThatThrownBy(this::installThree)
                .isInstanceOf(HostException.class)
                .hasMessageContaining("three.jar cannot be copied")
                .hasMessageContaining("No space left on device")
                .hasMessageContaining("what runs goes on");
        assertThat(answer()).isEqualTo("two a s1");
        assertThat(home.host().home().bindings()).isDirectoryNotContaining("glob:**/.*");
        fullAt(Set.of());
        installThree();
        assertThat(answer()).isEqualTo("three a s1");
    }

    @Test
    void aDroppedJarThatCannotBeCopiedLeavesTheOldOneServing() throws IOException {
        fullAt(Set.of(Checkpoint.JAR_COPIED));
        Path jar = home.host().home().bindings().resolve("hi.jar");
        Files.copy(
                folder.resolve("three.jar"),
                jar,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Wait.until("it is said", () -> home.binding("hi").reason().contains("No space left"));
        assertThat(home.binding("hi").state()).isEqualTo(BindingState.ACTIVE);
        assertThat(answer()).isEqualTo("two a s1");
        fullAt(Set.of());
        Files.setLastModifiedTime(
                jar,
                java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() - 9000));
        Wait.until("it is taken", () -> home.answers("hi/m", "three a s1"));
    }

    @Test
    void aStateThatCannotBeWrittenHoldsUpNoRollbackAndIsWrittenLater() throws IOException {
        fullAt(Set.of(Checkpoint.FILE_WRITTEN));
        home.host().bindings().rollback("hi");
        assertThat(answer()).isEqualTo("one a s1");
        assertThat(home.events())
                .contains("notification/warning host the state cannot be written", "No space left");
        assertThatThrownBy(() -> home.host().bindings().disable("hi"))
                .hasMessageContaining("nothing was changed");
        assertThatThrownBy(() -> Change.configure(home.host(), "b", "s2"))
                .isInstanceOf(HostException.class)
                .hasMessageContaining("No space left");
        installThree();
        assertThat(home.binding("hi").reason())
                .contains("version 3.0.0 was refused, version 1.0.0 goes on serving", "No space");
        assertThat(answer()).isEqualTo("one a s1");
        fullAt(Set.of());
        stop();
        home = new HostHome(EmbeddedHost.start(Change.options(folder)), folder);
        home.host().awaitSettled();
        assertThat(answer()).isEqualTo("three a s1");
    }

    @Test
    void aFileThatCannotBeWrittenLeavesItsSecretsAsTheyWere() throws IOException {
        Path secrets = home.host().home().secrets().resolve("instances");
        AtomicBoolean first = new AtomicBoolean();
        Checkpoint.watch(checkpoint -> {
            if (checkpoint == Checkpoint.FILE_WRITTEN && !first.compareAndSet(false, true)) {
                throw new UncheckedIOException(new IOException("No space left on device"));
            }
        });
        assertThatThrownBy(() -> Change.configure(home.host(), "b", "s2"))
                .hasMessageContaining("No space left")
                .hasMessageContaining("nothing was changed");
        assertThat(secrets.resolve("hi.yaml")).content().contains("s1").doesNotContain("s2");
        assertThat(secrets).isDirectoryNotContaining("glob:**.next");
        assertThat(answer()).isEqualTo("two a s1");
        fullAt(Set.of());
        Change.configure(home.host(), "b", "s2");
        assertThat(answer()).isEqualTo("two b s2");
    }

    @Test
    void aFolderThatIsNoneAnyMoreHoldsUpNothingThatRuns() throws IOException {
        Path generations = home.host().home().cache().resolve("generations");
        Files.move(generations, folder.resolve("generations"));
        Files.writeString(generations, "in the way");
        assertThatThrownBy(this::installThree)
                .isInstanceOf(HostException.class)
                .hasMessageContaining("three.jar cannot be copied");
        Path drop = home.host().home().bindings();
        Files.move(drop, folder.resolve("bindings"));
        Files.writeString(drop, "in the way");
        Wait.until("it is said", () -> home.events().contains(drop + " the folder cannot be read"));
        assertThat(answer()).isEqualTo("two a s1");
        Files.delete(drop);
        Files.move(folder.resolve("bindings"), drop);
        Files.delete(generations);
        Files.move(folder.resolve("generations"), generations);
        installThree();
        assertThat(answer()).isEqualTo("three a s1");
    }
}
