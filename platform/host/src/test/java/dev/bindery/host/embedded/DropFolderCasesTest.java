package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.host.BindingState;
import dev.bindery.host.BindingStatus;
import dev.bindery.host.HostOptions;
import dev.bindery.host.InstanceState;
import dev.bindery.host.InstanceStatus;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people and their tools do to a drop folder. */
class DropFolderCasesTest {
    @TempDir Path folder;
    private Path bundled;
    private Path drop;
    private HostHome home;

    @BeforeEach
    void start() throws IOException {
        bundled = Files.createDirectories(folder.resolve("bundled"));
        startOn(folder.resolve("home"));
    }

    private void startOn(Path root) {
        HostOptions options = HostOptions.of(root).withBundled(bundled);
        home = new HostHome(EmbeddedHost.start(options), folder);
        drop = home.host().home().bindings();
        home.host().awaitSettled();
    }

    @AfterEach
    void stop() {
        home.host().close(Duration.ZERO);
    }

    private static BindingJar answering(String version, String answer) {
        return BindingJar.answering("hi", version, answer);
    }

    private BindingStatus row(Path jar) {
        return home.host().bindings().list().stream()
                .filter(status -> status.file().equals(jar))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void ofTwoJarsOfOneIdItIsSaidWhichServesAndWhy() {
        Path older = answering("1.9.0", "older").writeTo(drop.resolve("a.jar"));
        Path newer = answering("1.10.0", "newer").writeTo(drop.resolve("b.jar"));
        Wait.until("the newer serves", () -> home.answers("hi/m", "newer"));
        Wait.until("both are seen", () -> home.host().bindings().list().size() == 2);
        assertThat(row(older).state()).isEqualTo(BindingState.SHADOWED);
        assertThat(row(older).reason())
                .isEqualTo(newer + " has the same id and a higher version, 1.10.0");
    }

    @Test
    void instancesThatAreThereFromTheFirstStandInTheOrderOfTheirNames() {
        List<String> names = List.of("a1", "b2", "c3", "d4", "e5", "f6", "g7", "h8");
        names.reversed()
                .forEach(id ->
                        BindingJar.answering(id, "1.0.0", id)
                                .writeTo(bundled.resolve(id + ".jar")));
        stop();
        startOn(folder.resolve("another home"));
        assertThat(home.host().instances().list())
                .extracting(InstanceStatus::name)
                .isEqualTo(names);
    }

    @Test
    void theOperatorsJarOfTheSameIdGoesBeforeABundledOne() {
        Path own = answering("2.0.0", "bundled").writeTo(bundled.resolve("hi.jar"));
        Wait.until("the bundled one serves", () -> home.answers("hi/m", "bundled"));
        Path mine = answering("1.0.0", "mine").writeTo(drop.resolve("mine.jar"));
        Wait.until("the operator's serves", () -> home.answers("hi/m", "mine"));
        assertThat(row(own).reason())
                .isEqualTo(mine + " has the same id and lies in the drop folder, which goes first");
    }

    @Test
    void aDowngradeIsAChangeLikeAnyOther() {
        Path jar = answering("2.0.0", "two").writeTo(drop.resolve("hi.jar"));
        Wait.until("2.0.0 serves", () -> home.answers("hi/m", "two"));
        answering("1.0.0", "one").writeTo(jar);
        Wait.until("1.0.0 serves", () -> home.answers("hi/m", "one"));
        Wait.until("it is listed", () -> home.binding("hi").version().equals("1.0.0"));
    }

    @Test
    void aFileThatIsRemovedAndWrittenAgainAtOnceIsReplaced() throws IOException {
        answering("0.5.0", "bundled").writeTo(bundled.resolve("hi.jar"));
        Wait.until("the bundled one serves", () -> home.answers("hi/m", "bundled"));
        Path jar = answering("1.0.0", "one").writeTo(drop.resolve("hi.jar"));
        Wait.until("1.0.0 serves", () -> home.answers("hi/m", "one"));
        for (int i = 2; i < 12; i++) {
            byte[] next = answering(i + ".0.0", "version " + i).bytes();
            Files.delete(jar);
            Files.write(jar, next);
            String answer = "version " + i;
            Wait.until(answer + " serves", () -> home.answers("hi/m", answer));
        }
        assertThat(home.events()).containsOnlyOnce("binding/VERIFIED hi 0.5.0");
    }

    @Test
    void aFileWhoseIdChangesIsAnotherBinding() {
        home.install(answering("1.0.0", "x"));
        home.configure("hi");
        Path jar = drop.resolve("hi.jar");
        BindingJar.answering("ho", "1.0.0", "y").writeTo(jar);
        Wait.until("the new one serves", () -> home.answers("ho/m", "y"));
        Wait.until("the old one is gone", () -> home.host().bindings().find("hi").isEmpty());
        assertThat(home.instance("hi").state()).isEqualTo(InstanceState.STOPPED);
        assertThat(home.host().bindings().list()).hasSize(1);
        home.install(answering("2.0.0", "back"));
        assertThat(home.ask("hi/m")).isEqualTo("back");
        assertThat(home.ask("ho/m")).isEqualTo("y");
        assertThat(drop).isDirectoryContaining("glob:**/hi-2.jar");
    }

    @Test
    void ofJarsThatFollowEachOtherDuringASwapOnlyTheLastIsRun() throws Exception {
        Path jar = answering("1.0.0", "one").writeTo(drop.resolve("hi.jar"));
        Wait.until("1.0.0 serves", () -> home.answers("hi/m", "one"));
        BindingJar.of(
                        "hi",
                        "2.0.0",
                        """
                        public void start(BindingContext c) throws Exception {
                            java.nio.file.Files.createFile(c.dataDirectory().resolve("starting"));
                            while (!java.nio.file.Files.exists(c.dataDirectory().resolve("go"))) Thread.sleep(5);
                        }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                            return GenerationResult.of("two");
                        }
                        """)
                .writeTo(jar);
        Path data = home.host().home().data().resolve("hi");
        Wait.until("2.0.0 starts", () -> Files.exists(data.resolve("starting")));
        overwriteAndAwaitCopy(jar, answering("3.0.0", "three"));
        overwriteAndAwaitCopy(jar, answering("4.0.0", "four"));
        // The watch tells of one file after the other: once it has told of this, of those too.
        BindingJar.answering("last", "1.0.0", "seen").writeTo(drop.resolve("last.jar"));
        Wait.until("all was seen", () -> home.answers("last/m", "seen"));
        Files.createFile(data.resolve("go"));
        Wait.until("4.0.0 serves", () -> home.answers("hi/m", "four"));
        assertThat(home.events()).contains("binding/VERIFIED hi 4.0.0");
        assertThat(home.events()).doesNotContain("binding/VERIFIED hi 3.0.0");
        Wait.until("it is listed", () -> home.binding("hi").generation() == 3);
    }

    private void overwriteAndAwaitCopy(Path file, BindingJar jar) throws Exception {
        byte[] bytes = jar.bytes();
        String sha256 =
                HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        Files.write(file, bytes);
        Path copy = home.host().home().cache().resolve("generations/hi").resolve(sha256);
        Wait.until("it is copied", () -> Files.exists(copy));
    }

    @Test
    void aHundredJarsAtOnceAllServe() {
        for (int i = 0; i < 100; i++) {
            BindingJar.answering("many-" + i, "1.0.0", "here").writeTo(drop.resolve(i + ".jar"));
        }
        for (int i = 0; i < 100; i++) {
            String model = "many-" + i + "/m";
            Wait.until(model + " answers", () -> home.answers(model, "here"));
        }
        assertThat(home.host().bindings().list()).hasSize(100);
        stop();
        startOn(folder.resolve("home"));
        assertThat(home.host().bindings().list())
                .hasSize(100)
                .allMatch(status -> status.state() == BindingState.ACTIVE);
    }

    @Test
    void aFolderThatIsAwayLeavesItsBindingsServingUntilItIsBack() throws IOException {
        home.install(answering("1.0.0", "x"));
        Path away = folder.resolve("away");
        Files.move(drop, away);
        Wait.until(
                "it is said",
                () ->
                        home.events()
                                .contains("notification/warning " + drop + " the folder cannot"));
        assertThat(home.ask("hi/m")).isEqualTo("x");
        Files.move(away, drop);
        answering("2.0.0", "back").writeTo(drop.resolve("hi.jar"));
        Wait.until("it is watched again", () -> home.answers("hi/m", "back"));
        Files.delete(drop.resolve("hi.jar"));
        Wait.until("it is gone", () -> home.host().bindings().find("hi").isEmpty());
    }

    @Test
    void aDropFolderMayBeALinkThatIsLedElsewhere() throws IOException {
        stop();
        Path root = Files.createDirectories(folder.resolve("linked"));
        Path first = Files.createDirectory(folder.resolve("first"));
        Path second = Files.createDirectory(folder.resolve("second"));
        Path link = Files.createSymbolicLink(root.resolve("bindings"), first);
        startOn(root);
        answering("1.0.0", "first").writeTo(first.resolve("hi.jar"));
        Wait.until("the first serves", () -> home.answers("hi/m", "first"));
        answering("1.0.0", "second").writeTo(second.resolve("hi.jar"));
        Path next = Files.createSymbolicLink(root.resolve("next"), second);
        Files.move(
                next,
                link,
                java.nio.file.StandardCopyOption.ATOMIC_MOVE,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Wait.until("the second serves", () -> home.answers("hi/m", "second"));
    }

    @Test
    void aSlowCopyOverAJarThatServesIsWaitedFor() throws IOException {
        Path jar = answering("1.0.0", "one").writeTo(drop.resolve("hi.jar"));
        Wait.until("1.0.0 serves", () -> home.answers("hi/m", "one"));
        byte[] whole = answering("2.0.0", "two").bytes();
        try (OutputStream out = Files.newOutputStream(jar)) {
            int step = whole.length / 3 + 1;
            for (int from = 0; from < whole.length; from += step) {
                out.write(Arrays.copyOfRange(whole, from, Math.min(whole.length, from + step)));
                out.flush();
                if (from + step < whole.length) {
                    String size = "event " + from;
                    Wait.until(size + " is seen", () -> waiting() > 0);
                    assertThat(home.ask("hi/m")).isEqualTo("one");
                }
            }
        }
        Wait.until("2.0.0 serves", () -> home.answers("hi/m", "two"));
        Wait.until("nothing is said any more", () -> home.binding("hi").reason().isEmpty());
    }

    private long waiting() {
        return home.host().events().after(0).stream()
                .filter(event -> event.topic().equals("binding/WAITING"))
                .count();
    }

    @Test
    void aBundledBindingThatWasUninstalledComesBackWithItsJar() throws IOException {
        Path own = answering("1.0.0", "bundled").writeTo(bundled.resolve("hi.jar"));
        Wait.until("it serves", () -> home.answers("hi/m", "bundled"));
        home.host().bindings().uninstall("hi");
        stop();
        startOn(folder.resolve("home"));
        assertThat(home.host().bindings().find("hi")).isEmpty();
        assertThat(home.host().instances().find("hi")).isEmpty();
        home.host().bindings().install(own);
        assertThat(home.ask("hi/m")).isEqualTo("bundled");
        Files.delete(drop.resolve("hi.jar"));
        Wait.until("the bundled one serves again", () -> row(own).state() == BindingState.ACTIVE);
        assertThat(home.ask("hi/m")).isEqualTo("bundled");
    }

    @Test
    void aJarThatWasRefusedIsTriedAgainWhenItIsTouched() throws IOException {
        Path jar =
                BindingJar.of(
                                "hi",
                                "1.0.0",
                                """
                                public void start(BindingContext c) {
                                    if (!java.nio.file.Files.exists(c.dataDirectory().resolve("go")))
                                        throw new IllegalStateException("not yet");
                                }
                                public List<String> listModels() { return List.of("m"); }
                                public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                                    return GenerationResult.of("at last");
                                }
                                """)
                        .writeTo(drop.resolve("hi.jar"));
        Wait.until(
                "it failed",
                () ->
                        home.host().bindings().find("hi").stream()
                                .anyMatch(status -> status.state() == BindingState.FAILED));
        Files.createFile(home.host().home().data().resolve("hi/go"));
        Files.setLastModifiedTime(
                jar,
                java.nio.file.attribute.FileTime.fromMillis(System.currentTimeMillis() - 5000));
        Wait.until("it serves", () -> home.answers("hi/m", "at last"));
    }
}
