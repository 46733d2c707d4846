package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import dev.bindery.host.fixture.Wait;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GenerationFoldersTest {
    @TempDir Path home;
    @TempDir Path jars;

    private List<Path> copies() throws IOException {
        try (var files = Files.list(home.resolve("cache/generations/hi"))) {
            return files.toList();
        }
    }

    @Test
    void ofManyVersionsTheLastTwoStayOnDisk() throws IOException {
        try (Host host = EmbeddedHost.start(HostOptions.of(home))) {
            for (int i = 0; i < 5; i++) {
                Path jar = jars.resolve(i + ".jar");
                BindingJar.answering("hi", "1.0." + i, "answer " + i).writeTo(jar);
                host.bindings().install(jar);
            }
            Wait.until("only two copies are left", () -> copies().size() == 2);
        }
        try (Host host = EmbeddedHost.start(HostOptions.of(home))) {
            host.awaitSettled();
            assertThat(host.bindings().find("hi").orElseThrow().version()).isEqualTo("1.0.4");
            assertThat(copies()).hasSize(2);
        }
    }
}
