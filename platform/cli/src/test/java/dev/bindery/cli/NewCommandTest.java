package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.cli.project.NewProject;
import dev.bindery.cli.project.ProjectName;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.embedded.EmbeddedHost;
import dev.bindery.testkit.BindingUnderTest;
import dev.bindery.testkit.check.Outcome.Verdict;
import dev.bindery.testkit.check.Report;
import dev.bindery.testkit.upstream.HttpUpstream;
import dev.bindery.testkit.upstream.WireFormat;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class NewCommandTest {
    @TempDir Path folder;

    private Run begun(String name, Path place, String... more) {
        return new Run.Place()
                .run(
                        Stream.concat(
                                        Stream.of("new", name, "--dir", place.toString()),
                                        Stream.of(more))
                                .toArray(String[]::new));
    }

    @Test
    void whatItBeginsWithCompilesAndAnswersInAHost() throws Exception {
        Path project = folder.resolve("my project");
        assertThat(begun("my-provider", project, "--package", "com.acme.llm").exit()).isZero();
        Path jar = packed(project);

        try (Host host = EmbeddedHost.start(HostOptions.of(folder.resolve("home")))) {
            host.bindings().install(jar);
            GenerationRequest request =
                    GenerationRequest.chat(
                                    "my-provider/my-provider", List.of(Message.user("hello there")))
                            .build();

            assertThat(host.models().generate(request, _ -> true).text())
                    .isEqualTo("You said: hello there");
            host.close(Duration.ZERO);
        }
    }

    @Test
    void whatItBeginsWithKeepsTheContract() throws Exception {
        Path project = folder.resolve("parrot");
        begun("parrot", project);

        Run verified = new Run.Place().run("verify", packed(project).toString());

        assertThat(verified.exit()).as(verified.out()).isZero();
        assertThat(verified.out()).contains(" 0 failed, 0 could be better");
    }

    @Test
    void oneForHttpKeepsTheContractBeforeAProviderThatDoesAllWrong() throws Exception {
        Path project = folder.resolve("remote");
        begun("remote", project, "--http");
        Path jar = packed(project);
        URL[] tests = {folder.resolve("test-classes").toUri().toURL()};
        try (URLClassLoader loader =
                new URLClassLoader(tests, NewCommandTest.class.getClassLoader())) {
            Constructor<?> format =
                    loader.loadClass("org.example.remote.RemoteBindingFormat")
                            .getDeclaredConstructor();
            format.setAccessible(true);
            HttpUpstream provider = new HttpUpstream((WireFormat) format.newInstance());

            Report report =
                    Report.of(
                            BindingUnderTest.ofJar(jar)
                                    .upstream(provider)
                                    .settings("api_key", "a-key-for-tests")
                                    .settings("base_url", provider.url()),
                            _ -> {});

            assertThat(report.entries())
                    .filteredOn(entry -> !isFine(entry.outcome().verdict()))
                    .isEmpty();
            assertThat(report.count(Verdict.PASSED)).isGreaterThan(55);
        }
    }

    private static boolean isFine(Verdict verdict) {
        return verdict == Verdict.PASSED || verdict == Verdict.SKIPPED;
    }

    /** As Maven does it: the card and its companions at the root, with classes and resources. */
    private Path packed(Path project) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(project.resolve("src/main/java"), classes, "");
        compile(
                project.resolve("src/test/java"),
                Files.createDirectories(folder.resolve("test-classes")),
                classes.toString());
        Path jar = folder.resolve("packed.jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            for (String name : List.of("config.yaml", "README.md", "logo.svg")) {
                put(zip, name, project.resolve(name));
            }
            putAll(zip, classes);
            putAll(zip, project.resolve("src/main/resources"));
        }
        return jar;
    }

    private static void putAll(ZipOutputStream zip, Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                put(zip, root.relativize(file).toString(), file);
            }
        }
    }

    private static void put(ZipOutputStream zip, String name, Path file) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        Files.copy(file, zip);
        zip.closeEntry();
    }

    private static void compile(Path sources, Path classes, String more) throws IOException {
        JavaCompiler javac = ToolProvider.getSystemJavaCompiler();
        try (StandardJavaFileManager files = javac.getStandardFileManager(null, null, null);
                Stream<Path> found = Files.walk(sources)) {
            List<Path> java = found.filter(file -> file.toString().endsWith(".java")).toList();
            String path = System.getProperty("java.class.path") + ":" + more;
            List<String> options =
                    List.of(
                            "-proc:none",
                            "-Xlint:all",
                            "-Werror",
                            "-cp",
                            path,
                            "-d",
                            classes.toString());
            assertThat(
                            javac.getTask(
                                            null,
                                            files,
                                            null,
                                            options,
                                            null,
                                            files.getJavaFileObjectsFromPaths(java))
                                    .call())
                    .isTrue();
        }
    }

    @Test
    void itSaysWhichFilesItWroteAndHowToGoOn() {
        String java = System.getProperty("java.home");
        Run run =
                new Run.Place()
                        .with("JAVA_HOME", java)
                        .run("new", "faq", "--dir", folder.resolve("faq").toString());

        assertThat(run.out())
                .contains("faq/src/main/java/org/example/faq/FaqBinding.java\n")
                .contains("    mvn verify\n    bindery install target/faq-1.0.0.jar\n")
                .endsWith("bindery chat faq/faq\n");
    }

    @Test
    void whereMavenWouldTakeAnOlderJavaItSaysWhichToTake() throws IOException {
        Path older = Files.createDirectories(folder.resolve("jdk-17"));
        Files.writeString(older.resolve("release"), "JAVA_VERSION=\"17.0.15\"\n");
        Path bin = Files.createDirectories(older.resolve("bin"));
        Path java = Files.createFile(bin.resolve("java"));
        assertThat(java.toFile().setExecutable(true)).isTrue();
        String expected = "    JAVA_HOME=" + System.getProperty("java.home") + " mvn verify\n";

        Run byHome =
                new Run.Place()
                        .with("JAVA_HOME", older.toString())
                        .run("new", "faq", "--dir", folder.resolve("a").toString());
        Run byPath =
                new Run.Place()
                        .with("PATH", "/nonexistent:" + bin)
                        .run("new", "faq", "--dir", folder.resolve("b").toString());

        assertThat(byHome.out()).contains(expected);
        assertThat(byPath.out()).contains(expected);
    }

    @ParameterizedTest
    @EnumSource
    void nothingIsLeftToFillInAndMavenIsToldWhereTheArtifactsAre(NewProject.Kind kind)
            throws IOException {
        Path repository = Files.createDirectories(folder.resolve("a repo"));
        Path project = folder.resolve("faq");
        List<Path> files =
                new NewProject(ProjectName.of("faq"), kind, "1.2.3", Optional.of(repository))
                        .writeTo(project);

        for (Path file : files) {
            assertThat(Files.readString(file)).as(file.toString()).doesNotContain("{{");
        }
        assertThat(project.resolve("pom.xml"))
                .content()
                .contains("<version>1.2.3</version>", "/a%20repo/</url>");
    }

    @Test
    void whatIsThereIsNotOverwritten() throws IOException {
        Path project = Files.createDirectories(folder.resolve("faq"));
        Path mine = Files.writeString(project.resolve("pom.xml"), "mine");

        Run run = begun("faq", project);

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.err()).contains("is there already and not empty");
        assertThat(mine).hasContent("mine");
        assertThat(project).isDirectoryContaining("glob:**pom.xml");
        try (Stream<Path> files = Files.list(project)) {
            assertThat(files).hasSize(1);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    My_Provider | a letter first; my-provider would do.
                    9lives      | a letter first; lives would do.
                    x           | 2 to 40 small letters
                    a--b        | a-b would do.
                    """)
    void aNameThatIsNoneIsRefusedWithOneThatIs(String name, String message) {
        Run run = begun(name, folder.resolve("x"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains(message);
        assertThat(folder.resolve("x")).doesNotExist();
    }

    @Test
    void aPackageThatIsNoneIsRefused() {
        Run run = begun("faq", folder.resolve("faq"), "--package", "org.new");

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("'org.new' is no name of a Java package");
    }
}
