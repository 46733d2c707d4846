package dev.bindery.testkit.check;

import dev.bindery.testkit.BindingUnderTest;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Bindings that are no good neighbours, whatever they answer. */
@Timeout(120)
class BrokenLivesTest {
    private static final String SECRET =
            "settings: [{name: api_key, type: str, value: \"\", help: \"Key\", secret: true}]";

    @TempDir Path folder;

    private void fails(TestJar jar, String check, String message) throws Exception {
        new Tried(folder).fails(jar, check, message);
    }

    private static BindingUnderTest withSecret(BindingUnderTest subject) {
        return subject.settings("api_key", "a-secret-of-the-tests");
    }

    private static TestJar starting(String body) {
        return new TestJar()
                .method(
                        "start",
                        "public void start(BindingContext context) throws Exception { %s }"
                                .formatted(body));
    }

    @Test
    void aCapabilityThatIsNoneIsSeen() throws Exception {
        fails(
                new TestJar().card("capabilities: [chat, steam]"),
                "every declared capability is one",
                "`steam`");
    }

    @Test
    void librariesOfTestsInTheJarAreSeen() throws Exception {
        fails(
                new TestJar().entry("lib/junit-jupiter-api-5.14.4.jar.txt"),
                "the jar carries nothing of a host or a test",
                "lib/junit-jupiter-api");
    }

    @Test
    void aStartThatNeedsWhatNobodySaidIsSeen() throws Exception {
        fails(
                starting("throw new IllegalStateException(\"no key\");"),
                "a host takes the jar as it is dropped",
                "no key");
    }

    @Test
    void whatIsPrintedIsSeen() throws Exception {
        TestJar jar =
                new TestJar()
                        .method(
                                "health",
                                "public Health health() { System.out.println(\"I am fine\"); return Health.UP; }");
        new Tried(folder)
                .failsAfter(
                        jar,
                        "health answers at once",
                        "it prints nothing to System.out",
                        "sample.Sample.health printed \"I am fine\"");
    }

    @Test
    void threadsThatAreLeftBehindAreSeen() throws Exception {
        fails(
                starting(
                        "Thread t = new Thread(() -> { try { Thread.sleep(30000); } catch (InterruptedException e) { } }, \"left behind\"); t.setDaemon(true); t.start();"),
                "started and stopped often, it leaves nothing",
                "left threads behind");
    }

    @Test
    void connectionsThatAreLeftOpenAreSeen() throws Exception {
        fails(
                starting(
                                "java.nio.channels.FileChannel.open(java.nio.file.Path.of(\"/dev/null\"));")
                        .method("held", "static final List<Object> HELD = new ArrayList<>();")
                        .method(
                                "start",
                                "public void start(BindingContext context) throws Exception { HELD.add(java.nio.channels.FileChannel.open(java.nio.file.Path.of(\"/dev/null\"))); }"),
                "started and stopped often, it leaves nothing",
                "files or connections open");
    }

    private static TestJar held() {
        return starting(
                "Thread t = new Thread(() -> { try { Thread.sleep(40000); } catch (InterruptedException e) { } }, \"holding\"); t.setDaemon(true); t.start();");
    }

    @Test
    void classesThatStayInMemoryAreSeen() throws Exception {
        new Tried(folder)
                .fails(
                        held(),
                        "unloaded, its classes are collected",
                        "holding",
                        BrokenLivesTest::soon);
    }

    @Test
    void classesThatStayInAHostAreSeen() throws Exception {
        new Tried(folder)
                .fails(
                        held(),
                        "uninstalled, its models and classes are gone",
                        "the classes of a binding that was uninstalled are collected",
                        BrokenLivesTest::soon);
    }

    private static BindingUnderTest soon(BindingUnderTest subject) {
        return subject.collection(Duration.ofSeconds(2));
    }

    @Test
    void vectorsThatDependOnTheirNeighboursAreSeen() throws Exception {
        fails(
                new TestJar()
                        .card("capabilities: [chat, embeddings]")
                        .method(
                                "embed",
                                "public EmbeddingResult embed(EmbeddingRequest request) { float first = request.inputs().size(); return EmbeddingResult.of(request.inputs().stream().map(i -> new float[] {first, 1}).toList()); }"),
                "a text has the same vector in any batch",
                "alone and in a batch differ by up to 2.0");
    }

    @Test
    void instancesThatShareAStateAreSeen() throws Exception {
        fails(
                starting("open = true;")
                        .method("open", "static boolean open;")
                        .method("stop", "public void stop() { open = false; }")
                        .method(
                                "health",
                                "public Health health() { if (!open) throw new IllegalStateException(\"closed\"); return Health.UP; }"),
                "two of its instances live side by side",
                "closed");
    }

    @Test
    void aHealthThatBlocksIsSeen() throws Exception {
        fails(
                new TestJar()
                        .method(
                                "health",
                                "public Health health() { try { Thread.sleep(1500); } catch (InterruptedException e) { } return Health.UP; }"),
                "health answers at once",
                "must not block");
    }

    @Test
    void aModelThatIsListedTwiceIsSeen() throws Exception {
        fails(
                new TestJar()
                        .method(
                                "listModels",
                                "public List<String> listModels() { return List.of(\"m\", \"m\"); }"),
                "its models are listed",
                "m twice");
    }

    @Test
    void listsThatDisagreeAreSeen() throws Exception {
        fails(
                new TestJar()
                        .method(
                                "availableModels",
                                "public List<ModelInfo> availableModels() { return List.of(ModelInfo.of(\"other\")); }"),
                "the two lists of models agree",
                "[m]");
    }

    @Test
    void anAnswerOfAnUnknownModelIsSeen() throws Exception {
        fails(
                new TestJar().card("models: closed"),
                "an unknown model is not found",
                "MODEL_NOT_FOUND");
    }

    @Test
    void aSecretInANotificationIsSeen() throws Exception {
        new Tried(folder)
                .fails(
                        starting("info(\"the key is \" + context.config().string(\"api_key\"));")
                                .card(SECRET),
                        "no secret is in what it tells",
                        "a notification",
                        BrokenLivesTest::withSecret);
    }

    @Test
    void aSecretInALogIsSeen() throws Exception {
        new Tried(folder)
                .fails(
                        starting(
                                        "java.util.logging.Logger.getLogger(\"own\").info(\"key \" + context.config().string(\"api_key\"));")
                                .card(SECRET),
                        "no secret is in logs, events and errors",
                        "the log",
                        BrokenLivesTest::withSecret);
    }

    @Test
    void settingsThatItStumblesOverAreSeen() throws Exception {
        fails(
                new TestJar()
                        .card("settings: [{name: size, type: int, value: 1, help: \"Size\"}]")
                        .method(
                                "settingsUpdated",
                                "public boolean settingsUpdated(TypedConfig updated) { throw new NullPointerException(\"no size\"); }"),
                "each setting can be changed while it runs",
                "no size");
    }

    @Test
    void embeddingsThatAreDeclaredOnlyAreSeen() throws Exception {
        fails(
                new TestJar().card("capabilities: [chat, embeddings]"),
                "every model that claims embeddings makes a vector of each text",
                "UNSUPPORTED");
    }

    @Test
    void embeddingsThatAreNotDeclaredAreSeen() throws Exception {
        fails(
                new TestJar()
                        .method(
                                "embed",
                                "public EmbeddingResult embed(EmbeddingRequest request) { return EmbeddingResult.of(List.of(new float[] {1})); }"),
                "methods of undeclared capabilities are unsupported",
                "embed succeeded; expected UNSUPPORTED");
    }

    @Test
    void vectorsThatAreMissingAreSeen() throws Exception {
        fails(
                new TestJar()
                        .card("capabilities: [chat, embeddings]")
                        .method(
                                "embed",
                                "public EmbeddingResult embed(EmbeddingRequest request) { return EmbeddingResult.of(List.of(new float[] {1})); }"),
                "every model that claims embeddings makes a vector of each text",
                "1 vectors of 3 texts");
    }

    @Test
    void tokensThatSpellSomethingElseAreSeen() throws Exception {
        fails(
                new TestJar()
                        .card("capabilities: [chat, tokenize]")
                        .method(
                                "tokenize",
                                "public int[] tokenize(String model, String text) { return text.chars().map(c -> c & 127).toArray(); } public String detokenize(String model, int[] tokens) { StringBuilder s = new StringBuilder(); for (int t : tokens) s.append((char) t); return s.toString(); }"),
                "tokens spell the text that they were made of",
                "tokenize and then detokenize made");
    }
}
