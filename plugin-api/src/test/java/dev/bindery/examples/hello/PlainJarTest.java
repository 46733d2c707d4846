package dev.bindery.examples.hello;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.LlmBinding;
import java.io.File;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.spi.ToolProvider;
import org.apiguardian.api.API;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Builds the smallest binding as the README says, with what every JDK has. */
class PlainJarTest {
    private static final Path SOURCE =
            Path.of("src/test/java/dev/bindery/examples/hello/HelloBinding.java");
    private static final Path CARD =
            Path.of("src/test/resources/dev/bindery/examples/hello/config.yaml");

    @TempDir private Path folder;

    @Test
    void javacAndJarMakeABinding() throws Exception {
        Path classes = folder.resolve("classes");
        Path services = Files.createDirectories(classes.resolve("META-INF/services"));
        Files.writeString(
                services.resolve("dev.bindery.api.LlmBinding"),
                "dev.bindery.examples.hello.HelloBinding\n");
        Files.copy(CARD, classes.resolve("config.yaml"));
        Path jar = folder.resolve("hello.jar");

        run("javac", "-Werror", "-cp", library(), "-d", classes, SOURCE);
        run("jar", "--create", "--file", jar, "-C", classes, ".");

        assertThat(answerOf(jar)).isEqualTo("Hello, world");
    }

    private static String answerOf(Path jar) throws Exception {
        ClassLoader host = new OnlyTheContract();
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, host)) {
            LlmBinding binding =
                    ServiceLoader.load(LlmBinding.class, loader).findFirst().orElseThrow();
            assertThat(binding.getClass().getClassLoader()).isSameAs(loader);
            return binding.generate(
                            GenerationRequest.prompt("hello", "hi").build(),
                            GenerationCallback.IGNORE)
                    .text();
        }
    }

    /** What the distribution's lib/ has of the contract: it and its annotations. */
    private static String library() throws Exception {
        return home(LlmBinding.class) + File.pathSeparator + home(API.class);
    }

    private static Path home(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static void run(String tool, Object... arguments) throws IOException {
        String[] texts = new String[arguments.length];
        for (int i = 0; i < texts.length; i++) {
            texts[i] = arguments[i].toString();
        }
        int status = ToolProvider.findFirst(tool).orElseThrow().run(System.out, System.err, texts);
        assertThat(status).as(tool).isZero();
    }

    /** Sees the contract and the JDK, as a binding does; so the class comes from the jar. */
    private static final class OnlyTheContract extends ClassLoader {
        OnlyTheContract() {
            super(ClassLoader.getPlatformClassLoader());
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            if (name.startsWith("dev.bindery.api.")) {
                return LlmBinding.class.getClassLoader().loadClass(name);
            }
            throw new ClassNotFoundException(name);
        }
    }
}
