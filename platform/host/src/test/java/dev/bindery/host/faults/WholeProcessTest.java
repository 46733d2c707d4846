package dev.bindery.host.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.Wait;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What would end the host's process, or change it for everybody. */
class WholeProcessTest {
    @TempDir static Path folder;
    @RegisterExtension static final FaultyHost faulty = new FaultyHost(() -> folder);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.exit(3);",
                "Runtime.getRuntime().exit(3);",
                "Runtime.getRuntime().halt(3);",
                "java.util.function.IntConsumer end = System::exit; end.accept(3);",
                "java.util.function.IntConsumer end = Runtime.getRuntime()::halt; end.accept(3);",
                "new Object() { void end() { if (request.maxTokens().isEmpty()) System.exit(3); } }.end();",
                "Runnable end = () -> System.exit(3); end.run();"
            })
    void theEndOfTheProcessIsRefused(String end) {
        BindingException failure = faulty.failureOf(end + " return GenerationResult.of(\"\");");
        assertThat(failure.code()).isEqualTo(ErrorCode.INTERNAL);
        assertThat(failure)
                .hasMessageContaining("would end the host and every other binding")
                .hasMessageContaining("throw a BindingException instead");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "System.loadLibrary(\"anything\");",
                "System.load(\"/tmp/anything.so\");",
                "Runtime.getRuntime().loadLibrary(\"anything\");",
                "Runtime.getRuntime().load(\"/tmp/anything.so\");",
                "java.lang.foreign.MemorySegment.ofAddress(16).reinterpret(8);",
                "java.lang.foreign.Linker.nativeLinker().downcallHandle(java.lang.foreign.FunctionDescriptor.ofVoid());",
                "java.lang.foreign.SymbolLookup.libraryLookup(\"c\", java.lang.foreign.Arena.global());"
            })
    void nativeCodeIsRefusedWhereTheCardDoesNotSayProcess(String load) {
        assertThat(faulty.failureOf(load + " return GenerationResult.of(\"\");"))
                .hasMessageContaining("say `isolation: process` in config.yaml");
    }

    @Test
    void aLibraryThatCanDoWithoutNativeCodeFallsBack() {
        String answer =
                faulty.answerOf(
                        """
                        try { System.loadLibrary("fast"); return GenerationResult.of("native"); }
                        catch (UnsatisfiedLinkError e) { return GenerationResult.of("plain"); }
                        """);
        assertThat(answer).isEqualTo("plain");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Locale.setDefault(Locale.forLanguageTag(\"ar-EG-u-nu-arab\"));",
                "TimeZone.setDefault(TimeZone.getTimeZone(\"Asia/Kathmandu\"));",
                "System.setOut(null);",
                "System.setProperties(new Properties());",
                "Thread.setDefaultUncaughtExceptionHandler((t, e) -> {});",
                "java.net.ProxySelector.setDefault(null);",
                "javax.net.ssl.HttpsURLConnection.setDefaultHostnameVerifier((name, session) -> true);"
            })
    void whatEverybodySharesIsNotChanged(String change) {
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        PrintStream out = System.out;
        assertThat(faulty.failureOf(change + " return GenerationResult.of(\"\");"))
                .hasMessageContaining("would change the whole host and every other binding");
        assertThat(Locale.getDefault()).isEqualTo(locale);
        assertThat(TimeZone.getDefault()).isEqualTo(zone);
        assertThat(System.out).isSameAs(out);
    }

    @Test
    void aShutdownHookRunsWhenTheBindingIsUnloadedAndHoldsNothing() {
        String id =
                faulty.install(
                        """
                        public void start(BindingContext context) {
                            var file = context.dataDirectory().resolve("hook");
                            Thread kept = new Thread(() -> {
                                try { java.nio.file.Files.writeString(file, "ran", java.nio.file.StandardOpenOption.CREATE_NEW); }
                                catch (java.io.IOException e) { throw new java.io.UncheckedIOException(e); }
                            });
                            Thread taken = new Thread(() -> { throw new AssertionError(); });
                            Runtime.getRuntime().addShutdownHook(kept);
                            Runtime.getRuntime().addShutdownHook(taken);
                            if (!Runtime.getRuntime().removeShutdownHook(taken)) throw new AssertionError();
                        }
                        public List<String> listModels() { return List.of("m"); }
                        public GenerationResult generate(GenerationRequest r, GenerationCallback c) { return GenerationResult.of("x"); }
                        """);
        assertThat(faulty.home().ask(id + "/m")).isEqualTo("x");
        Path file = faulty.host().home().data().resolve(id).resolve("hook");
        assertThat(file).doesNotExist();
        faulty.home().uninstall(id);
        Wait.until("the hook has run", () -> Files.exists(file));
        Wait.until("its classes are collected", () -> faulty.home().isCollected(id));
    }

    @Test
    void aClosedSystemOutAndOtherPropertiesHarmNobody() {
        PrintStream out = System.out;
        Properties properties = (Properties) System.getProperties().clone();
        try {
            System.setOut(new PrintStream(OutputStream.nullOutputStream()));
            String answer =
                    faulty.answerOf(
                            """
                            System.out.close(); System.err.flush();
                            System.setProperty("file.encoding", "UTF-16");
                            System.setProperty("line.separator", "!");
                            System.clearProperty("java.io.tmpdir"); System.clearProperty("user.dir");
                            return GenerationResult.of("done");
                            """);
            assertThat(answer).isEqualTo("done");
            String id = faulty.installGenerating("return GenerationResult.of(\"after\");");
            assertThat(faulty.home().ask(id + "/m")).isEqualTo("after");
        } finally {
            System.setOut(out);
            System.setProperties(properties);
        }
    }

    @Test
    void neitherTheHostsNorOtherBindingsClassesAndResourcesAreVisible() {
        faulty.home()
                .install(
                        BindingJar.answering("other", "1.0.0", "x")
                                .text("other/secret.txt", "mine")
                                .source("other.Secret", "package other; public class Secret {}"));
        String answer =
                faulty.answerOf(
                        """
                        StringBuilder seen = new StringBuilder();
                        for (String name : List.of("dev.bindery.host.Host", "org.pf4j.Plugin", "org.osgi.framework.Bundle",
                                "ch.qos.logback.classic.Logger", "other.Secret", "org.yaml.snakeyaml.Yaml")) {
                            try { Class.forName(name); seen.append(name).append(' '); } catch (ClassNotFoundException e) { }
                        }
                        for (String name : List.of("other/secret.txt", "dev/bindery/host/Host.class", "logback-test.xml")) {
                            if (getClass().getClassLoader().getResource(name) != null) seen.append(name).append(' ');
                            if (Thread.currentThread().getContextClassLoader().getResourceAsStream(name) != null) seen.append(name).append(' ');
                        }
                        return GenerationResult.of(seen.toString());
                        """);
        assertThat(answer).isEmpty();
    }
}
