package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.host.BindingState;
import dev.bindery.host.HostException;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.HostHome;
import dev.bindery.host.fixture.Wait;
import dev.bindery.host.generation.LifecycleLimits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each wrong jar gets one clear sentence, and what else is there serves on. */
class RefusedJarsTest {
    private static final String SERVICES = "META-INF/services/dev.bindery.api.LlmBinding";
    private static final LifecycleLimits SHORT =
            new LifecycleLimits(
                    Duration.ofSeconds(5),
                    Duration.ofMillis(300),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    Duration.ofMillis(100),
                    Duration.ofMillis(200));

    @TempDir static Path folder;
    private static HostHome home;

    @BeforeAll
    static void start() {
        Path root = folder.resolve("home");
        home = new HostHome(EmbeddedHost.start(HostOptions.of(root), SHORT), folder);
        home.install(BindingJar.answering("good", "1.0.0", "still here"));
        assertThat(home.ask("good/m")).isEqualTo("still here");
    }

    /** Nothing of what failed stays in memory. */
    @AfterAll
    static void stop() {
        Wait.until(
                "every loader is collected",
                () -> {
                    System.gc();
                    return home.host().uncollected().isEmpty();
                });
        home.host().close(Duration.ZERO);
    }

    private static BindingJar valid() {
        return BindingJar.answering("bad", "1.0.0", "x");
    }

    private static BindingJar withCard(String more) {
        return valid().text("config.yaml", BindingJar.card("bad", "1.0.0", more));
    }

    private static void refuses(byte[] jar, String reason) {
        try {
            Path file = Files.write(folder.resolve("bad.jar"), jar);
            assertThatThrownBy(() -> home.host().bindings().install(file))
                    .isInstanceOf(HostException.class)
                    .hasMessageContaining("bad.jar is refused: ")
                    .hasMessageContaining(reason)
                    .satisfies(e -> assertThat(e.getMessage().lines()).hasSize(1));
            assertThat(home.host().home().bindings()).isDirectoryNotContaining("glob:**bad*");
            assertThat(home.ask("good/m")).isEqualTo("still here");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDroppedFileThatIsNoZipIsListedAndTold() throws IOException {
        Path jar = home.host().home().bindings().resolve("letter.jar");
        Files.writeString(jar, "Dear host, this is a letter.");
        Wait.until("it is listed", () -> home.host().bindings().find("letter").isPresent());
        assertThat(home.binding("letter").state()).isEqualTo(BindingState.FAILED);
        assertThat(home.binding("letter").reason())
                .isEqualTo("it is no jar: its first bytes are not those of a zip file");
        Wait.until(
                "it is told",
                () -> home.events().contains("binding/REFUSED letter.jar it is no jar"));
        home.host().bindings().uninstall("letter");
        assertThat(jar).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "colour: red             | config.yaml, line 8: colour: unknown field; allowed: name, author",
                "isolation: container    | isolation: found `container`, allowed: classloader, process",
                "type: video             | type: found `video`, allowed: text, text_image, multimodal",
                "threads: green          | threads: found `green`, allowed: platform, virtual",
                "swap: never             | swap: found `never`, allowed: overlap, exclusive",
                "models: some            | models: found `some`, allowed: open, closed",
                "api: newest             | api: found `newest`, expected a range such as `>=1 <2`",
                "concurrency: 0          | concurrency: found 0, expected 1 to 100000",
                "name: twice             | twice",
                "capabilities: &a [chat] | anchors and aliases are not allowed",
                "type: !!binary eA==     | the tag tag:yaml.org,2002:binary is not allowed",
                "type: [a, b             | not valid YAML",
                "settings: [{name: n, type: int, value: ten}] | settings[0].value: default value: n: \"ten\" is not a whole number",
                "settings: [{name: n, type: number}] | found `number`, allowed: int, float, str",
                "settings: [{name: N, type: int}]    | found `N`, expected lower case letters",
                "uses: {http: 1.e400}    | uses",
                "concurrency: 1.0e400    | concurrency",
                "api: \">=99\"           | it needs version `>=99` of the contract; this host has",
            })
    void aWrongCardIsRefusedWithFieldAndWhatIsAllowed(String field, String reason) {
        refuses(withCard(field).bytes(), reason);
    }

    @ParameterizedTest
    @CsvSource({"1.0, expected a semantic version such as 1.0.0", "newest, expected a semantic"})
    void aWrongVersionIsRefused(String version, String reason) {
        refuses(
                valid().text("config.yaml", BindingJar.card("bad", version, "")).bytes(),
                "version: found `" + version + "`, " + reason);
    }

    @ParameterizedTest
    @CsvSource({"Bad", "b", "9lives", "with space"})
    void aWrongIdIsRefused(String id) {
        refuses(
                valid().text("config.yaml", BindingJar.card(id, "1.0.0", "")).bytes(),
                "id: found `" + id + "`, expected an id of 2 to 40 lower case letters");
    }

    @Test
    void aProgramThatTheJarDoesNotHaveIsSaid() {
        refuses(
                withCard("isolation: process\nprocess: {command: [python3, program/x.py]}").bytes(),
                "its command names program/x.py, which the jar does not have");
    }

    @Test
    void aJarWithoutCardOrServicesIsNoBinding() {
        refuses(valid().without("config.yaml").bytes(), "it has no config.yaml at its root");
        refuses(valid().without(SERVICES).bytes(), "it has no META-INF/services/");
    }

    @Test
    void aCardThatIsTooBigIsRefused() {
        refuses(withCard("# " + "x".repeat(300_000)).bytes(), "its config.yaml has");
    }

    @Test
    void aJarThatBundlesTheContractIsToldHowToChangeItsBuild() {
        refuses(
                valid().bytes("dev/bindery/api/LlmBinding.class", new byte[1]).bytes(),
                "give bindery-plugin-api the scope `provided`");
        byte[] library =
                new BindingJarBytes().entry("dev/bindery/api/Chat.class", new byte[1]).bytes();
        refuses(valid().bytes("lib/api.jar", library).bytes(), "it bundles dev.bindery.api");
    }

    @ParameterizedTest
    @CsvSource({"../evil.sh", "lib/../../evil.jar", "/etc/evil", "C:/evil", "a\\b"})
    void anEntryThatWouldLieOutsideOfTheJarIsRefused(String name) {
        refuses(valid().text(name, "x").bytes(), "its entry `" + name + "` would lie outside");
    }

    @Test
    void aZipBombIsRefusedAlsoInsideOfALibrary() {
        byte[] bomb = new byte[8 << 20];
        refuses(valid().bytes("zeros", bomb).bytes(), "unpacked it is far larger");
        byte[] library = new BindingJarBytes().entry("zeros", bomb).bytes();
        refuses(valid().bytes("lib/zeros.jar", library).bytes(), "unpacked it is far larger");
    }

    @Test
    void aLibraryThatIsCutOffIsNamed() {
        byte[] library = new BindingJarBytes().entry("data", new byte[5000]).bytes();
        byte[] cut = java.util.Arrays.copyOf(library, 45);
        refuses(
                valid().bytes("lib/cut.jar", cut).bytes(),
                "its library `lib/cut.jar` is no whole jar");
    }

    @Test
    void tooManyEntriesAreRefused() {
        BindingJarBytes many = new BindingJarBytes();
        for (int i = 0; i <= 50_000; i++) {
            many.entry("e" + i, new byte[0]);
        }
        refuses(many.bytes(), "it has 50001 entries; at most 50000 are allowed");
    }

    @Test
    void aDamagedEntryIsNamed() {
        byte[] jar = valid().text("notes.txt", "stored text").bytes();
        int at = new String(jar, StandardCharsets.ISO_8859_1).lastIndexOf("notes.txt") - 46 + 16;
        jar[at] ^= 1;
        refuses(jar, "its entry `notes.txt` is damaged (wrong checksum)");
    }

    static List<Object[]> wrongCode() {
        String generate =
                """
                public List<String> listModels() { return List.of("m"); }
                public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return null; }
                """;
        return List.of(
                new Object[] {
                    valid().text(SERVICES, "sample.Missing\n"),
                    "names sample.Missing, which is not in the jar"
                },
                new Object[] {
                    valid().text(SERVICES, "sample.SAMPLE\n"),
                    "names sample.SAMPLE, which is not in the jar (there is sample.Sample: capitals count)"
                },
                new Object[] {
                    valid().text(SERVICES, "sample.Sample\nsample.Other\n"),
                    "names 2 classes; it must name exactly one"
                },
                new Object[] {
                    valid().text(SERVICES, "# nothing\n"),
                    "names 0 classes; it must name exactly one"
                },
                new Object[] {
                    valid().text(SERVICES, "java.lang.String\n"),
                    "java.lang.String does not extend dev.bindery.api.LlmBinding"
                },
                new Object[] {
                    valid().bytes("sample/Sample.class", new byte[] {1, 2, 3, 4}),
                    "sample.Sample cannot be loaded: java.lang.ClassFormatError"
                },
                new Object[] {
                    BindingJar.of("bad", "1.0.0", "private Sample() {}" + generate),
                    "needs to be public, with a public constructor without parameters"
                },
                new Object[] {
                    BindingJar.of(
                            "bad",
                            "1.0.0",
                            "public Sample() { throw new IllegalStateException(\"no luck\"); }"
                                    + generate),
                    "the constructor of sample.Sample failed: java.lang.IllegalStateException: no luck"
                },
                new Object[] {
                    BindingJar.of(
                            "bad",
                            "1.0.0",
                            "static int x = Integer.parseInt(\"many\");" + generate),
                    "a static initialiser of sample.Sample failed: java.lang.NumberFormatException"
                },
                new Object[] {
                    BindingJar.of(
                            "bad",
                            "1.0.0",
                            "static int deep() { return deep() + 1; } static int x = deep();"
                                    + generate),
                    "java.lang.StackOverflowError"
                },
                new Object[] {
                    BindingJar.of(
                            "bad",
                            "1.0.0",
                            "public Sample() throws Exception { Thread.sleep(99999); }" + generate),
                    "the constructor did not return within 0.3 s"
                },
                new Object[] {
                    BindingJar.of(
                            "bad",
                            "1.0.0",
                            "public void start(BindingContext c) throws Exception { Thread.sleep(99999); }"
                                    + generate),
                    "start did not return within 0.3 s"
                },
                new Object[] {
                    BindingJar.of(
                            "bad",
                            "1.0.0",
                            "public void start(BindingContext c) { throw new NoClassDefFoundError(\"a/B\"); }"
                                    + generate),
                    "start failed: java.lang.NoClassDefFoundError: a/B"
                },
                new Object[] {
                    BindingJar.of(
                            "bad",
                            "1.0.0",
                            "public void start(BindingContext c) { start(c); }" + generate),
                    "start failed: java.lang.StackOverflowError"
                },
                new Object[] {
                    BindingJar.of(
                            "bad",
                            "1.0.0",
                            "public void install() { throw new RuntimeException(\"no disk\"); }"
                                    + generate),
                    "install failed: java.lang.RuntimeException: no disk"
                });
    }

    @ParameterizedTest
    @MethodSource("wrongCode")
    void codeThatCannotBeStartedFailsWithASentence(BindingJar jar, String reason)
            throws IOException {
        assertThat(home.install(jar).state()).isEqualTo(BindingState.FAILED);
        assertThat(home.binding("bad").reason()).contains(reason);
        assertThat(home.binding("bad").reason().lines()).hasSize(1);
        assertThat(home.events()).contains("binding/FAILED bad ");
        assertThat(home.ask("good/m")).isEqualTo("still here");
        home.host().bindings().uninstall("bad");
        assertThat(home.host().bindings().find("bad")).isEmpty();
    }

    @Test
    void aFailedJarIsNotTriedAgainUntilTheOperatorAsks() {
        BindingJar jar =
                BindingJar.of(
                        "tries",
                        "1.0.0",
                        """
                        public void start(BindingContext c) throws Exception {
                            java.nio.file.Files.writeString(c.dataDirectory().resolve("tries"), "x",
                                java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.APPEND);
                            throw new IllegalStateException("never");
                        }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return null; }
                        """);
        home.install(jar);
        Path tries = home.host().home().data().resolve("tries/tries");
        home.install(BindingJar.answering("other", "1.0.0", "x"));
        assertThat(tries).hasContent("x");
        home.host().bindings().reload("tries");
        assertThat(tries).hasContent("xx");
    }

    /** A zip of any entries. */
    private static final class BindingJarBytes {
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ZipOutputStream zip = new ZipOutputStream(out);

        BindingJarBytes entry(String name, byte[] content) {
            try {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(content);
                zip.closeEntry();
                return this;
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }

        byte[] bytes() {
            try {
                zip.close();
                return out.toByteArray();
            } catch (IOException e) {
                throw new AssertionError(e);
            }
        }
    }
}
