package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.GenerationRequest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ModelMemoryTest {
    @TempDir Path temp;

    @Test
    void aModelGoesWhenItsTimeIsOver() throws Exception {
        LlamaCppBinding binding = started();
        binding.generate(request(Duration.ofMillis(1)), _ -> true);
        long deadline = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (!binding.loadedModels().isEmpty() && System.nanoTime() < deadline) {
            Thread.onSpinWait();
        }
        assertThat(binding.loadedModels()).isEmpty();
        binding.generate(request(Duration.ofSeconds(-1)), _ -> true);
        binding.buildModel(null);
        assertThat(binding.loadedModels()).hasSize(1);
        binding.destroyModel(TestModel.NAME);
        assertThat(binding.loadedModels()).isEmpty();
        binding.stop();
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "reads Linux's account of memory")
    void theMemoryOfAModelIsGivenBack() throws Exception {
        LlamaCppBinding binding = started();
        binding.buildModel(null);
        binding.destroyModel(TestModel.NAME);
        long before = memoryMegabytes();
        for (int i = 0; i < 4; i++) {
            binding.buildModel(null);
            assertThat(memoryMegabytes()).isGreaterThan(before + 100);
            binding.destroyModel(TestModel.NAME);
        }
        assertThat(memoryMegabytes()).isLessThan(before + 100);
        binding.stop();
    }

    private LlamaCppBinding started() throws IOException {
        TestModel.into(temp.resolve("models"));
        return Started.in(temp, Map.of("context_length", 2048, "parallel", 2));
    }

    private static GenerationRequest request(Duration keepAlive) {
        return GenerationRequest.prompt(TestModel.NAME, "One, two,")
                .maxTokens(2)
                .keepAlive(keepAlive)
                .build();
    }

    private static long memoryMegabytes() throws IOException {
        return ProcessMemory.bytes() >> 20;
    }
}
