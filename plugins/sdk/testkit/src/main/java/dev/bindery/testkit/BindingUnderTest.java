package dev.bindery.testkit;

import dev.bindery.testkit.upstream.MockUpstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/**
 * A binding's jar, and what has to be known of it to try it. Made by the test of a binding, once,
 * and read by the suite.
 */
public final class BindingUnderTest {
    /** The system property that names the jar where a build knows it. */
    public static final String JAR_PROPERTY = "bindery.jar";

    private final Path jar;
    private final Map<String, Object> settings = new LinkedHashMap<>();
    private final Map<String, String> exceptions = new LinkedHashMap<>();
    private final List<Companion> companions = new ArrayList<>();
    private List<String> calls = List.of();
    private List<String> models = List.of();
    private String prompt = "Count from one to five, and say what a binding is.";
    private Duration patience = Duration.ofSeconds(10);
    private Duration collection = Duration.ofMinutes(2);
    private int starts = 50;
    private int maxTokens = 32;
    private boolean repeatable = true;
    private @Nullable MockUpstream upstream;

    private BindingUnderTest(Path jar) {
        this.jar = jar;
    }

    public static BindingUnderTest ofJar(Path jar) {
        return new BindingUnderTest(existing(jar));
    }

    private static Path existing(Path jar) {
        if (!Files.isRegularFile(jar)) {
            throw new IllegalArgumentException(
                    "there is no jar %s; package the binding first".formatted(jar));
        }
        return jar;
    }

    /**
     * The jar that the build packed: what the system property {@value #JAR_PROPERTY} names, or the
     * newest jar in {@code target/} that has a config.yaml. A test of it runs after packaging:
     * {@code mvn verify}, and a name that ends with IT.
     */
    public static BindingUnderTest ofPackedJar() {
        String named = System.getProperty(JAR_PROPERTY);
        return ofJar(named == null ? newestIn(Path.of("target")) : Path.of(named));
    }

    private static Path newestIn(Path folder) {
        List<Path> found = new ArrayList<>();
        if (Files.isDirectory(folder)) {
            try (DirectoryStream<Path> jars = Files.newDirectoryStream(folder, "*.jar")) {
                jars.forEach(found::add);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return found.stream()
                .filter(BindingUnderTest::hasCard)
                .max(java.util.Comparator.comparingLong(file -> file.toFile().lastModified()))
                .orElseThrow(() ->
                        new IllegalStateException(
                                "no jar with a config.yaml in %s; run `mvn verify`, or name the jar by -D%s=…"
                                        .formatted(folder.toAbsolutePath(), JAR_PROPERTY)));
    }

    private static boolean hasCard(Path jar) {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            return zip.getEntry("config.yaml") != null;
        } catch (IOException _) {
            return false;
        }
    }

    /** A setting, as the operator would give it: a text, a number, a boolean, a list, a map. */
    public BindingUnderTest settings(String name, Object value) {
        settings.put(name, value);
        return this;
    }

    public BindingUnderTest settings(Map<String, ?> more) {
        settings.putAll(more);
        return this;
    }

    /**
     * What the binding calls; its address has to be among the settings. Closed by the suite. With
     * it, the suite also tries what a provider may do wrong.
     */
    public BindingUnderTest upstream(MockUpstream upstream) {
        this.upstream = upstream;
        return this;
    }

    /**
     * Another instance in the same host, for a binding that asks others: with {@link #calls} it may
     * ask this one. Several of one jar share its code.
     *
     * @param instance its name
     * @param settings by name, as the operator would give them
     */
    public BindingUnderTest companion(String instance, Path jar, Map<String, ?> settings) {
        companions.add(new Companion(instance, existing(jar), Map.copyOf(settings)));
        return this;
    }

    /**
     * The operator's leave to ask other instances, as {@code calls:} has it in an instance's file.
     *
     * @param reach {@code INSTANCE}, {@code INSTANCE/MODEL} or {@code INSTANCE/*}
     */
    public BindingUnderTest calls(String... reach) {
        calls = List.of(reach);
        return this;
    }

    /** The models to try, where the binding lists more than is sensible; all listed ones else. */
    public BindingUnderTest models(String... names) {
        models = List.of(names);
        return this;
    }

    /** What to ask where no script says what is answered; worth an answer of several pieces. */
    public BindingUnderTest prompt(String text) {
        prompt = text;
        return this;
    }

    /** The longest that one answer may take, 10 s where nothing is said. */
    public BindingUnderTest patience(Duration longest) {
        patience = longest;
        return this;
    }

    /** The most tokens of an answer where a check does not care, 32 where nothing is said. */
    public BindingUnderTest maxTokens(int most) {
        maxTokens = most;
        return this;
    }

    /** Until when its classes have to be collected once it is gone, 2 minutes else. */
    public BindingUnderTest collection(Duration longest) {
        collection = longest;
        return this;
    }

    /** How often it is started and stopped in search of leaks, 50 times where nothing is said. */
    public BindingUnderTest starts(int times) {
        starts = times;
        return this;
    }

    /** The same question has another answer each time, also at temperature 0. */
    public BindingUnderTest answersVary() {
        repeatable = false;
        return this;
    }

    /**
     * Leaves one check out.
     *
     * @param check its name, as the suite shows it
     * @param reason why it does not hold for this binding; shown in the report
     */
    public BindingUnderTest without(String check, String reason) {
        exceptions.put(check, reason);
        return this;
    }

    public Path jar() {
        return jar;
    }

    public Map<String, Object> settings() {
        return Map.copyOf(settings);
    }

    public Optional<MockUpstream> upstream() {
        return Optional.ofNullable(upstream);
    }

    /**
     * Whether it may refuse to start for want of settings, also of such as are required for some
     * values of others only. Whoever gives it a provider gives it all that it needs.
     */
    public boolean mayWait() {
        return upstream == null;
    }

    public List<Companion> companions() {
        return List.copyOf(companions);
    }

    /** Which models of other instances it may use. */
    public List<String> calls() {
        return calls;
    }

    public List<String> models() {
        return models;
    }

    public String prompt() {
        return prompt;
    }

    public Duration patience() {
        return patience;
    }

    public Duration collection() {
        return collection;
    }

    public int maxTokens() {
        return maxTokens;
    }

    public int starts() {
        return starts;
    }

    /** Whether the same question has the same answer. */
    public boolean isRepeatable() {
        return repeatable;
    }

    /** The checks that are left out, and why. */
    public Map<String, String> exceptions() {
        return Map.copyOf(exceptions);
    }
}
