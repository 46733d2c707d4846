package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.Sampling;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What an instance does to every model of its own. */
@Timeout(120)
class ModelOptionsTest {
    @TempDir Path temp;

    @Test
    void anAdapterChangesTheAnswerAsMuchAsItsScaleSays() throws Exception {
        Path adapter = LoraFile.in(temp, "llama");
        Answered plain = answered("");
        Answered whole = answered(adapter.toString());
        assertThat(whole.text()).isNotEqualTo(plain.text());
        assertThat(whole.memory()).isEqualTo(plain.memory() + Files.size(adapter));
        assertThat(answered(adapter + "=0").text()).isEqualTo(plain.text());
        assertThat(answered(adapter + "=1.0").text()).isEqualTo(whole.text());
    }

    @Test
    void whatIsNoAdapterOfSuchAModelIsRefused() throws Exception {
        assertThat(loading(Map.of("lora", temp.resolve("none.gguf").toString())))
                .hasMessageContaining("cannot be read as an adapter");
        assertThat(loading(Map.of("lora", TestModel.file().toString())))
                .hasMessageContaining("is no LoRA adapter");
        BindingException other = loading(Map.of("lora", LoraFile.in(temp, "gemma").toString()));
        assertThat(other.code()).isEqualTo(ErrorCode.NOT_CONFIGURED);
        assertThat(other).hasMessageContaining("architecture gemma, and this one is llama");
    }

    @Test
    void layersForAGraphicsCardAreRefusedWhereTheLibraryHasNone() throws Exception {
        BindingException refused = loading(Map.of("gpu_layers", 10));
        assertThat(refused.code()).isEqualTo(ErrorCode.NOT_CONFIGURED);
        assertThat(refused)
                .hasMessageContaining("gpu_layers is 10")
                .hasMessageContaining("native_library")
                .hasMessageContaining("managed");
    }

    private record Answered(String text, long memory) {}

    private Answered answered(String adapter) throws Exception {
        LlamaCppBinding binding = started(Map.of("lora", adapter));
        String text =
                binding.generate(
                                GenerationRequest.prompt(TestModel.NAME, "The capital of France is")
                                        .sampling(Sampling.builder().temperature(0.0).build())
                                        .maxTokens(12)
                                        .build(),
                                _ -> true)
                        .text();
        LoadedModel loaded = binding.loadedModels().getFirst();
        binding.stop();
        return new Answered(text, loaded.memoryBytes().getAsLong());
    }

    private BindingException loading(Map<String, ?> settings) throws Exception {
        LlamaCppBinding binding = started(settings);
        BindingException refused =
                catchThrowableOfType(BindingException.class, () -> binding.buildModel(null));
        binding.stop();
        return refused;
    }

    private LlamaCppBinding started(Map<String, ?> settings) {
        Map<String, Object> all =
                new HashMap<>(
                        Map.of(
                                "context_length", 256,
                                "parallel", 1,
                                "model_paths", List.of(TestModel.file().toString())));
        all.putAll(settings);
        return Started.in(temp, all);
    }
}
