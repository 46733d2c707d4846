package dev.bindery.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonLong;
import dev.bindery.api.MediaPart;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.Operation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.Role;
import dev.bindery.api.TextPart;
import dev.bindery.api.Threads;
import dev.bindery.host.process.JvmCommand;
import dev.bindery.host.process.ProcessBinding;
import dev.bindery.host.process.ProcessLimits;
import dev.bindery.host.process.StagedCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What works in a child works as it does in the host. */
class WorkerTest {
    @TempDir static Path folder;

    static Path jar;
    static Puppeteer puppeteer;
    static ProcessBinding puppet;

    @BeforeAll
    static void start() throws IOException {
        jar = PuppetJar.in(folder);
        puppeteer = new Puppeteer(folder);
        puppet = binding();
        puppet.start(puppeteer);
    }

    @AfterAll
    static void stop() {
        puppet.stop();
    }

    @Test
    void anAnswerComesPieceByPieceAndWhole() {
        List<String> pieces = new ArrayList<>();

        GenerationResult result = generate("say one two three", pieces);

        assertThat(pieces).containsExactly("one ", "two ", "three");
        assertThat(result.text()).isEqualTo("one two three");
    }

    @ParameterizedTest
    @ValueSource(strings = {"😀 é 漢", "\ud800", "\r\n\u2028\u0000", "\"\\ {}"})
    void anyTextCrossesUnchanged(String text) {
        List<String> pieces = new ArrayList<>();

        assertThat(generate("say " + text, pieces).text()).isEqualTo(text);
        assertThat(String.join("", pieces)).isEqualTo(text);
    }

    @Test
    void manyCallsAtOnceKeepTheirAnswersApart() throws Exception {
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Callable<String>> calls = new ArrayList<>();
            for (int i = 0; i < 64; i++) {
                String text = "caller " + i + " says this";
                calls.add(() -> generate("say " + text, new ArrayList<>()).text());
            }
            List<Future<String>> answers = callers.invokeAll(calls);
            for (int i = 0; i < 64; i++) {
                assertThat(answers.get(i).get()).isEqualTo("caller " + i + " says this");
            }
        }
    }

    @Test
    void aLongStreamArrivesWholeAndInOrder() {
        List<String> pieces = new ArrayList<>();

        GenerationResult result = generate("stream 5000", pieces);

        assertThat(pieces).hasSize(5000);
        assertThat(result.text()).hasSize(5000);
    }

    @Test
    void imagesCrossBothWays() throws IOException {
        byte[] image = new byte[300_000];
        new Random(7).nextBytes(image);
        Message message =
                Message.of(
                        Role.USER,
                        List.of(TextPart.of("images"), MediaPart.of(Blob.of("image/png", image))));
        List<Operation> operations = new ArrayList<>();

        GenerationResult result =
                puppet.generate(
                        GenerationRequest.chat("puppet", List.of(message)).build(),
                        operations::add);

        byte[] turned = new byte[image.length];
        for (int i = 0; i < image.length; i++) {
            turned[i] = image[image.length - 1 - i];
        }
        assertThat(blob(operations.getFirst().media().orElseThrow())).isEqualTo(turned);
        assertThat(blob((MediaPart) result.first().parts().getFirst())).isEqualTo(turned);
    }

    @Test
    void anErrorKeepsAllThatItSays() {
        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> generate("refuse so sorry"))
                .withMessage("so sorry")
                .satisfies(e -> assertThat(e.code()).isEqualTo(new ErrorCode("ODD", 418, true)))
                .satisfies(e -> assertThat(e.upstreamStatus()).hasValue(503));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fail on purpose", "null", "overflow"})
    void aFaultOfTheBindingIsInternalAndTheNextCallWorks(String order) {
        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> generate(order))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERNAL));
        assertThat(generate("say well").text()).isEqualTo("well");
    }

    @Test
    void everyOtherMethodIsForwarded() throws Exception {
        assertThat(puppet.listModels()).containsExactly("puppet");
        assertThat(puppet.availableModels())
                .singleElement()
                .usingRecursiveComparison()
                .isEqualTo(ModelInfo.builder("puppet").contextLength(5).build());
        assertThat(puppet.loadedModels().getFirst().memoryBytes()).hasValue(7);
        assertThat(puppet.tokenize("puppet", "aé")).containsExactly('a', 'é');
        assertThat(puppet.tokenize("puppet", "")).isEmpty();
        assertThat(puppet.detokenize("puppet", new int[] {'h', 0x1F600})).isEqualTo("h😀");
        assertThat(puppet.countTokens(prompt("x")).tokens()).isEqualTo(42);
        assertThat(puppet.health().reason()).isEqualTo("tired");
        assertThat(puppet.execute("go", Map.of("n", new JsonLong(1)), ProgressListener.IGNORE))
                .hasToString("\"go{n=1}\"");
        assertThat(puppet.embed(EmbeddingRequest.of("puppet", List.of("a", "bcd"))).vectors())
                .containsExactly(new float[] {1, 0.1f}, new float[] {3, 0.1f});
    }

    @Test
    void whatTheBindingDoesNotOfferIsUnsupported() {
        assertThatExceptionOfType(BindingException.class)
                .isThrownBy(() -> puppet.deleteModel("m"))
                .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.UNSUPPORTED));
    }

    @Test
    void whatItFetchesIsFetchedByTheHostWithProgress() {
        List<Progress> heard = new ArrayList<>();

        puppet.pullModel("big", heard::add);

        assertThat(heard)
                .extracting(Progress::status)
                .startsWith("pulling big", "half")
                .endsWith("whole");
        assertThat(puppeteer.fetched)
                .contains("https://e.org/m to " + puppeteer.modelsDirectory().resolve("big"));
    }

    @Test
    void itAsksOtherModelsThroughTheHost() {
        List<String> pieces = new ArrayList<>();

        assertThat(generate("ask other/model", pieces).text()).isEqualTo("asked other/model");
        assertThat(pieces).containsExactly("asked ", "other/model");
        assertThat(generate("models").text()).isEqualTo("[other/model]");
    }

    @Test
    void installingHappensInAChildOfItsOwnThatEnds() throws IOException {
        Puppeteer host = new Puppeteer(folder.resolve("install"));
        ProcessBinding installer = binding();
        installer.attach(host);

        installer.install();

        assertThat(host.fetched).containsExactly("a:b:1");
        assertThat(host.told).contains("success installed");
    }

    @Test
    void callsRunOnPlatformThreadsWithTheBindingsClassLoader() {
        assertThat(generate("thread").text()).isEqualTo("false true");
    }

    @Test
    void callsOfACardThatSaysSoRunOnVirtualThreads() throws IOException {
        ProcessBinding other = binding();
        other.start(new Puppeteer(folder.resolve("virtual"), "red", Threads.VIRTUAL));
        try {
            assertThat(other.generate(prompt("thread"), GenerationCallback.IGNORE).text())
                    .isEqualTo("true true");
        } finally {
            other.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "dev.bindery.host.Limits",
                "dev.bindery.worker.Worker",
                "org.pf4j.PluginManager"
            })
    void theBindingDoesNotSeeTheHostsClasses(String name) {
        assertThat(generate("class " + name).text()).isEqualTo("no " + name);
    }

    @Test
    void itsEnvironmentIsClearedAndItsTemporaryFolderIsItsOwn() {
        assertThat(generate("environment").text().replaceAll("[\\[\\] ]", "").split(","))
                .isSubsetOf("PATH", "LANG", "TMPDIR", "TMP", "TEMP");
        assertThat(generate("property java.io.tmpdir").text())
                .startsWith(folder.resolve("scratch").toString());
        assertThat(generate("read").text()).isEqualTo("read -1");
    }

    @Test
    void itsLogAndItsOutputReachTheHost() {
        generate("log me");
        generate("print 1");

        Await.until(() -> puppeteer.logged.contains("WARNING logged me"));
        Await.until(() -> puppeteer.logged.contains("WARNING a.b: said me 1"));
        assertThat(puppeteer.logged).noneMatch(line -> line.contains("hidden"));
        Await.until(() -> puppeteer.logged.stream().anyMatch(l -> l.contains("printed line 0")));
    }

    @Test
    void newSettingsAreInForceWhenTheBindingSaysSo() throws IOException {
        Puppeteer host = new Puppeteer(folder.resolve("settings"));
        ProcessBinding other = binding();
        other.start(host);
        try {
            assertThat(other.settingsUpdated(Puppeteer.settings("grey"))).isFalse();
            assertThat(other.settingsUpdated(Puppeteer.settings("blue"))).isTrue();
            assertThat(other.generate(prompt("colour"), GenerationCallback.IGNORE).text())
                    .isEqualTo("blue");
        } finally {
            other.stop();
        }
        assertThat(host.dataDirectory().resolve("stopped")).hasContent("blue");
    }

    private static ProcessBinding binding() {
        return new ProcessBinding(
                JvmCommand.ofThisHost("128m"),
                new StagedCode(jar, List.of(), Set.of()),
                folder.resolve("scratch"),
                ProcessLimits.DEFAULTS);
    }

    private static GenerationRequest prompt(String text) {
        return GenerationRequest.prompt("puppet", text).build();
    }

    private static GenerationResult generate(String text) {
        return puppet.generate(prompt(text), GenerationCallback.IGNORE);
    }

    private static GenerationResult generate(String text, List<String> pieces) {
        return puppet.generate(prompt(text), operation -> pieces.add(operation.text()));
    }

    private static byte[] blob(MediaPart part) throws IOException {
        return part.blob().orElseThrow().bytes();
    }
}
