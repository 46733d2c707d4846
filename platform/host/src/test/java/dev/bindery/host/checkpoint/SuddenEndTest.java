package dev.bindery.host.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.host.BindingState;
import dev.bindery.host.Host;
import dev.bindery.host.embedded.EmbeddedHost;
import dev.bindery.host.fixture.HostHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A host that ends without warning, at whatever moment, leaves a home from which the next start
 * serves the old or the new, once.
 */
class SuddenEndTest {
    @TempDir static Path folder;
    private static final Map<Checkpoint, Change> FIRST = new EnumMap<>(Checkpoint.class);

    /** Finds out which change comes by which checkpoint. */
    @BeforeAll
    static void prepare() throws IOException {
        Change.prepare(folder.resolve("prepared"));
        for (Change change : Change.values()) {
            Path trial = copy("trial-" + change);
            Host host = EmbeddedHost.start(Change.options(trial));
            try {
                host.awaitSettled();
                Checkpoint.watch(checkpoint -> FIRST.putIfAbsent(checkpoint, change));
                change.make(host, trial);
            } finally {
                Checkpoint.watch(_ -> {});
                host.close(Duration.ZERO);
            }
        }
    }

    private static Path copy(String name) throws IOException {
        Path source = folder.resolve("prepared");
        Path target = folder.resolve(name);
        try (Stream<Path> files = Files.walk(source)) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(source.relativize(file).toString()));
            }
        }
        return target;
    }

    @ParameterizedTest
    @EnumSource
    void atEveryCheckpoint(Checkpoint checkpoint) throws Exception {
        assertThat(FIRST).as("no change comes by it").containsKey(checkpoint);
        endsAt(FIRST.get(checkpoint), checkpoint);
    }

    @ParameterizedTest
    @EnumSource
    void whileAnyChangeWritesItsFirstFile(Change change) throws Exception {
        endsAt(change, Checkpoint.FILE_WRITTEN);
    }

    @ParameterizedTest
    @EnumSource(names = {"CONFIGURE", "REMOVE_INSTANCE"})
    void betweenTheSecretsOfAnInstanceAndItsFile(Change change) throws Exception {
        endsAt(change, Checkpoint.SECRETS_WRITTEN);
        endsAt(change, Checkpoint.INSTANCE_WRITTEN);
        endsAt(change, Checkpoint.SECRETS_PLACED);
    }

    private static void endsAt(Change change, Checkpoint checkpoint) throws Exception {
        Path home = copy(change + "-" + checkpoint + "-" + System.nanoTime());
        assertThat(exitOf(home, change, checkpoint)).isEqualTo(EndingHost.ENDED);
        HostHome next = new HostHome(EmbeddedHost.start(Change.options(home)), home);
        try {
            next.host().awaitSettled();
            assertThat(Change.answer(next)).isIn(change.answers());
            onceOnly(next);
            nothingLeftOver(home.resolve("home"));
            change.make(next.host(), home);
            assertThat(Change.answer(next)).isEqualTo(change.last());
            onceOnly(next);
        } finally {
            next.host().close(Duration.ZERO);
        }
    }

    private static int exitOf(Path home, Change change, Checkpoint checkpoint) throws Exception {
        Path output = home.resolve("output.txt");
        Process child =
                new ProcessBuilder(
                                ProcessHandle.current().info().command().orElseThrow(),
                                "-XX:TieredStopAtLevel=1",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                EndingHost.class.getName(),
                                home.toString(),
                                change.name(),
                                checkpoint.name())
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .start();
        try {
            assertThat(child.waitFor(2, TimeUnit.MINUTES)).as(Files.readString(output)).isTrue();
            return child.exitValue();
        } finally {
            child.destroyForcibly();
        }
    }

    private static void onceOnly(HostHome next) {
        assertThat(next.host().bindings().list())
                .filteredOn(row -> row.state() != BindingState.SHADOWED)
                .hasSizeLessThanOrEqualTo(1);
        assertThat(next.host().instances().list()).hasSizeLessThanOrEqualTo(1);
        assertThat(next.host().models().models()).hasSizeLessThanOrEqualTo(1);
    }

    private static void nothingLeftOver(Path home) {
        List<Path> left = new ArrayList<>();
        for (String folder :
                List.of("bindings", "state", "conf/instances", "secrets", "secrets/instances")) {
            try (Stream<Path> files = Files.list(home.resolve(folder))) {
                files.filter(file -> file.getFileName().toString().matches("\\..*|.*\\.next"))
                        .forEach(left::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        assertThat(left).isEmpty();
    }
}
