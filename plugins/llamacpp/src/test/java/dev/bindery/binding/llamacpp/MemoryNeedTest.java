package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryNeedTest {
    private static final Map<String, ?> LLAMA =
            Map.of(
                    "general.architecture", "llama",
                    "llama.block_count", 2,
                    "llama.embedding_length", 64,
                    "llama.feed_forward_length", 256,
                    "llama.attention.head_count", 8,
                    "llama.attention.head_count_kv", 4);

    @Test
    void aTokenOfContextTakesTheKeysAndValuesOfAllLayersAtTwoBytesEach() {
        assertThat(GgufFile.header(LLAMA).bytesPerToken()).isEqualTo(2 * 2 * 4 * (8 + 8));
    }

    @Test
    void headsMayDifferFromLayerToLayerAndKeysFromValues() {
        GgufHeader header =
                GgufFile.header(
                        Map.of(
                                "general.architecture", "mixed",
                                "mixed.block_count", 3,
                                "mixed.embedding_length", 64,
                                "mixed.attention.head_count", 8,
                                "mixed.attention.head_count_kv", List.of(4, 0, 1),
                                "mixed.attention.key_length", 24,
                                "mixed.attention.value_length", 16));
        assertThat(header.bytesPerToken()).isEqualTo(2 * (4 + 0 + 1) * (24 + 16));
    }

    @Test
    void layersThatRememberAStateTakeItOncePerContext() {
        GgufHeader header =
                GgufFile.header(
                        Map.of(
                                "general.architecture", "mamba",
                                "mamba.block_count", 2,
                                "mamba.embedding_length", 64,
                                "mamba.attention.head_count", 0,
                                "mamba.ssm.inner_size", 128,
                                "mamba.ssm.conv_kernel", 4,
                                "mamba.ssm.state_size", 16));
        assertThat(header.bytesPerToken()).isZero();
        assertThat(header.bytesPerState()).isEqualTo(4 * 2 * 128 * (3 + 16));
        long one = MemoryNeed.of(header, 0, 64, 512, 1).context();
        assertThat(MemoryNeed.of(header, 0, 64, 4096, 3).context()).isEqualTo(3 * one);
    }

    @Test
    void theContextGrowsWithItsCellsAndTheWeightsDoNot() {
        MemoryNeed small = MemoryNeed.of(GgufFile.header(LLAMA), 1000, 64, 512, 1);
        MemoryNeed large = MemoryNeed.of(GgufFile.header(LLAMA), 1000, 64, 4 * 512, 4);
        assertThat(small.weights()).isEqualTo(1000).isEqualTo(large.weights());
        assertThat(large.context()).isEqualTo(4 * small.context());
        assertThat(large.work()).isGreaterThan(small.work());
        assertThat(large.total()).isEqualTo(large.weights() + large.context() + large.work());
    }

    @Test
    void aLargeVocabularyTakesItsShare() {
        Map<String, Object> fields = new java.util.HashMap<>(LLAMA);
        fields.put("tokenizer.ggml.tokens", Collections.nCopies(20_000, "token"));
        long with = MemoryNeed.of(GgufFile.header(fields), 0, 64, 512, 1).work();
        long without = MemoryNeed.of(GgufFile.header(LLAMA), 0, 64, 512, 1).work();
        assertThat(with - without).isBetween(20_000L * 400, 20_000L * 1000);
    }

    @Test
    void bytesAreShownAsPeopleSayThem() {
        assertThat(MemoryNeed.shown(98_362_432)).isEqualTo("98 MB");
        assertThat(MemoryNeed.shown(4_661_211_808L)).isEqualTo("4.7 GB");
    }
}
