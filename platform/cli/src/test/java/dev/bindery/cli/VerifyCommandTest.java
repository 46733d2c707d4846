package dev.bindery.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.cli.admin.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.logging.ConsoleHandler;
import java.util.logging.Logger;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

@Timeout(180)
class VerifyCommandTest {
    private static final String CARD =
            """
            id: sample
            name: Sample
            author: Tests
            version: 1.0.0
            description: Says hello
            url: https://example.org
            license: Apache-2.0
            """;

    @TempDir Path folder;

    @Test
    void aSoundBindingPasses() throws IOException {
        Run run = verify(jar("return GenerationResult.of(\"hello\");"));

        assertThat(run.exit()).as(run.out() + run.err()).isZero();
        assertThat(run.out())
                .startsWith("sample 1.0.0: Says hello\n")
                .contains("advice  jar: README.md and a logo lie at the root")
                .contains(" not tried: it needs a provider that misbehaves")
                .contains(" passed, 0 failed, ");
    }

    @Test
    void nothingOfWhatLibrariesLogIsShown() throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream before = System.err;
        System.setErr(new PrintStream(shown, true, StandardCharsets.UTF_8));
        Logger library = Logger.getLogger("a.library");
        library.addHandler(new ConsoleHandler());
        try {
            Run run =
                    verify(
                            jar(
                                    "java.util.logging.Logger.getLogger(\"a.library\").severe(\"loud\"); return GenerationResult.of(\"hello\");"));

            assertThat(run.exit()).as(run.out() + run.err()).isZero();
            assertThat(run.err()).doesNotContain("loud");
            assertThat(shown.toString(StandardCharsets.UTF_8)).isEmpty();
        } finally {
            System.setErr(before);
        }
    }

    @Test
    void whatABindingPrintsIsNoPartOfTheReport() throws IOException {
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        PrintStream before = System.out;
        System.setOut(new PrintStream(shown, true, StandardCharsets.UTF_8));
        try {
            Run run =
                    verify(
                            jar(
                                    "System.out.println(\"noise\"); return GenerationResult.of(\"hello\");"));

            assertThat(run.out()).contains("generate printed \"noise\"");
            assertThat(shown.toString(StandardCharsets.UTF_8)).isEmpty();
        } finally {
            System.setOut(before);
        }
    }

    @Test
    void whatIsWrongIsSaidAndTheExitCodeTellsIt() throws IOException {
        Run run = verify(jar("callback.chunk(\"one\"); return GenerationResult.of(\"other\");"));

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out())
                .contains("FAILED  models: a model that was freed answers again")
                .contains(" more failed in the same way (")
                .contains("the operations add up to \"one\", but the result's text is \"other\"");
    }

    @Test
    void oneCauseIsSaidOnceAndHowFarItIsGoesToTheErrorStream() throws IOException {
        Path jar = jar("throw new BindingException(ErrorCode.UPSTREAM_ERROR, \"page not found\");");

        Run run = verify(jar);
        Run whole = verify(jar, "--all");

        String message = "failed with UPSTREAM_ERROR \"page not found\"";
        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out().split(Pattern.quote(message), -1)).hasSizeLessThan(6);
        assertThat(run.out()).containsPattern(" more failed in the same way \\(\\d+ of [a-z]+");
        assertThat(whole.out().split(Pattern.quote(message), -1)).hasSizeGreaterThan(9);
        assertThat(run.err()).contains("checking life\n", "checking answers\n");
    }

    @Test
    void aBindingThatAsksOthersIsGivenSome() throws IOException {
        Path other = jar("other", "return GenerationResult.of(\"hello\");");
        Path versioned = Files.move(other, folder.resolve("other-1.2.jar"));
        Path asking =
                jar(
                        """
                        GenerationResult said = context().models().generate(
                            request.toBuilder().model("other/m").build(), callback);
                        return said;
                        """);

        Run alone = verify(asking);
        Run given = verify(asking, "--with", versioned.toString());

        assertThat(alone.exit()).isEqualTo(1);
        assertThat(given.exit()).as(given.out() + given.err()).isZero();
    }

    @Test
    void settingsWithTheNameOfAnotherGoToIt() throws IOException {
        Path jar = jar("return GenerationResult.of(\"hello\");");

        Path other = jar("other", "return GenerationResult.of(\"hello\");");

        Run run = verify(jar, "--with", "friend=" + other, "--set", "friend.nothing=1");

        assertThat(run.exit()).isEqualTo(1);
        assertThat(run.out()).contains("there is no setting nothing");
    }

    @Test
    void anotherThatIsNoFileOrHasNoNameIsAWrongCall() throws IOException {
        Path jar = jar("return GenerationResult.of(\"hello\");");
        Path nameless = Files.copy(jar, folder.resolve("1.jar"));

        assertThat(verify(jar, "--with", "gone.jar").err()).contains("gone.jar is not a file");
        Run run = verify(jar, "--with", nameless.toString());
        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("write --with NAME=" + nameless);
        assertThat(verify(jar, "--with", jar.toString(), "--with", jar.toString()).err())
                .contains("two of --with are called sample");
    }

    @Test
    void aFileThatIsNoBindingIsRefusedInWords() throws IOException {
        Path jar = Files.writeString(folder.resolve("no.jar"), "no zip at all");

        Run run = verify(jar, "--json");

        assertThat(run.exit()).isEqualTo(1);
        JsonNode report = Json.parse(run.out());
        assertThat(report.path("failed").asInt()).isEqualTo(1);
        assertThat(Json.text(report.path("checks").path(0), "message"))
                .startsWith("the host refuses the jar");
    }

    @Test
    void aFileThatIsNotThereIsAWrongCall() {
        Run run = verify(folder.resolve("nowhere.jar"));

        assertThat(run.exit()).isEqualTo(2);
        assertThat(run.err()).contains("nowhere.jar is not a file");
    }

    private static Run verify(Path jar, String... more) {
        return new Run.Place()
                .run(
                        java.util.stream.Stream.concat(
                                        java.util.stream.Stream.of("verify", jar.toString()),
                                        java.util.stream.Stream.of(more))
                                .toArray(String[]::new));
    }

    private Path jar(String generate) throws IOException {
        return jar("sample", generate);
    }

    private Path jar(String id, String generate) throws IOException {
        Path classes = Files.createDirectories(folder.resolve("classes"));
        compile(classes, generate);
        Path jar = folder.resolve(id + ".jar");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            String card = CARD.replace("id: sample", "id: " + id);
            put(zip, "config.yaml", card.getBytes(StandardCharsets.UTF_8));
            put(
                    zip,
                    "META-INF/services/dev.bindery.api.LlmBinding",
                    "Sample".getBytes(StandardCharsets.US_ASCII));
            put(zip, "Sample.class", Files.readAllBytes(classes.resolve("Sample.class")));
        }
        return jar;
    }

    private static void put(ZipOutputStream zip, String name, byte[] content) throws IOException {
        zip.putNextEntry(new ZipEntry(name));
        zip.write(content, 0, content.length);
        zip.closeEntry();
    }

    private static void compile(Path classes, String generate) {
        String source =
                """
                import dev.bindery.api.*;
                import java.util.List;
                public class Sample extends LlmBinding {
                    public List<String> listModels() { return List.of("m"); }
                    public GenerationResult generate(GenerationRequest request, GenerationCallback callback) { %s }
                }
                """
                        .formatted(generate);
        JavaFileObject file =
                new SimpleJavaFileObject(
                        URI.create("memory:///Sample.java"), JavaFileObject.Kind.SOURCE) {
                    @Override
                    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                        return source;
                    }
                };
        List<String> options = List.of("-proc:none", "-d", classes.toString());
        assertThat(
                        ToolProvider.getSystemJavaCompiler()
                                .getTask(null, null, null, options, null, List.of(file))
                                .call())
                .isTrue();
    }
}
