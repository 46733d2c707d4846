package dev.bindery.host.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.bindery.host.ServedModel;
import dev.bindery.host.fixture.BindingJar;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A provider that takes connections and says nothing. */
class SilentListTest {
    @TempDir static Path folder;
    @RegisterExtension static final FaultyHost faulty = new FaultyHost(() -> folder);

    @Test
    void aBindingThatListsNothingForEverHoldsUpNobodysList() {
        faulty.home().install(BindingJar.answering("quick", "1.0.0", "fine"));
        faulty.home()
                .install(
                        BindingJar.of(
                                "silent",
                                "1.0.0",
                                """
                                private final java.util.concurrent.atomic.AtomicInteger asked = new java.util.concurrent.atomic.AtomicInteger();
                                public List<String> listModels() {
                                    if (asked.getAndIncrement() > 0) {
                                        new java.util.concurrent.CompletableFuture<Void>().join();
                                    }
                                    return List.of("m");
                                }
                                public GenerationResult generate(GenerationRequest r, GenerationCallback c) {
                                    return GenerationResult.of("fine");
                                }
                                """));

        for (int i = 0; i < 3; i++) {
            List<String> listed =
                    assertTimeoutPreemptively(
                            Duration.ofSeconds(60),
                            () ->
                                    faulty.home().host().models().availableModels().stream()
                                            .map(ServedModel::id)
                                            .toList());
            assertThat(listed).contains("quick/m", "silent/m");
        }
        assertThat(faulty.home().ask("silent/m")).isEqualTo("fine");
    }
}
