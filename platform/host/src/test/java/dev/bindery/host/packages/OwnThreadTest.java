package dev.bindery.host.packages;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ProgressListener;
import java.net.URI;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a binding's thread hands on to the threads that it starts is kept as long as they are. */
@Timeout(60)
class OwnThreadTest {
    private static final URI ONLY_FOR_PIP = URI.create("pypi:a-model@1.0!/a_model/model.gguf");

    @TempDir Path temp;
    private final List<String> seenWhileFetching = new ArrayList<>();
    private final InheritableThreadLocal<String> local = new InheritableThreadLocal<>();
    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private final ClassLoader ofABinding = new URLClassLoader(new URL[0]);
    private InstancePackages packages;

    @BeforeEach
    void onABindingsThread() {
        packages =
                new InstancePackages(
                        temp.resolve("cache"),
                        temp.resolve("lib"),
                        List.of(temp),
                        this::lookAround,
                        Optional.empty());
        Thread.currentThread().setContextClassLoader(ofABinding);
        local.set("of a binding");
    }

    @AfterEach
    void leave() {
        Thread.currentThread().setContextClassLoader(before);
        local.remove();
    }

    private Optional<Pip> lookAround() {
        seenWhileFetching.add(Thread.currentThread().getContextClassLoader() + " " + local.get());
        return Optional.empty();
    }

    @Test
    void aFetchHandsOnNothingOfTheBindingsThread() {
        assertThatThrownBy(() ->
                        packages.download(
                                ONLY_FOR_PIP, null, temp.resolve("model"), ProgressListener.IGNORE))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("there is no pip");

        assertThat(seenWhileFetching)
                .containsExactly(InstancePackages.class.getClassLoader() + " null");
        assertThat(Thread.currentThread().getContextClassLoader()).isSameAs(ofABinding);
    }

    @Test
    void progressIsHeardWithTheBindingsOwnClasses() throws Exception {
        Path source = Files.writeString(temp.resolve("source"), "the model");
        List<ClassLoader> heard = new ArrayList<>();

        packages.download(
                source.toUri(),
                null,
                temp.resolve("model"),
                _ -> heard.add(Thread.currentThread().getContextClassLoader()));

        assertThat(heard).isNotEmpty().containsOnly(ofABinding);
        assertThat(temp.resolve("model")).hasContent("the model");
    }
}
