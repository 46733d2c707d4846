package dev.bindery.host.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.host.Host;
import dev.bindery.host.HostOptions;
import dev.bindery.host.fixture.BindingJar;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The short Java program of the platform's README. */
class EmbeddedExampleTest {
    @TempDir Path folder;

    @Test
    void aShortProgramLoadsAJarAndAsksItWithoutHttp() throws IOException {
        Path jar =
                BindingJar.answering("hello", "1.0.0", "Hello, you")
                        .writeTo(folder.resolve("hello.jar"));
        StringBuilder answer = new StringBuilder();

        try (Host host = EmbeddedHost.start(HostOptions.of(folder.resolve("home")))) {
            host.bindings().install(jar);
            var request = GenerationRequest.chat("hello/m", List.of(Message.user("Hi"))).build();
            host.models()
                    .generate(
                            request,
                            operation -> {
                                answer.append(operation.text());
                                return true;
                            });
        }

        assertThat(answer).hasToString("Hello, you");
    }
}
