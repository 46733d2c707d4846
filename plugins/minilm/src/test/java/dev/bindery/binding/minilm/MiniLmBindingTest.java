package dev.bindery.binding.minilm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.fixture.TestCancellation;
import dev.bindery.fixture.TestContext;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With the real model. */
class MiniLmBindingTest {
    @TempDir static Path folder;

    private static TestContext context;
    private static MiniLmBinding binding;

    @BeforeAll
    static void start() {
        context = TestContext.of(new MiniLmBinding()).folder(folder).build();
        binding = context.start(new MiniLmBinding());
    }

    @AfterAll
    static void stop() {
        context.close();
    }

    @Test
    void textsOfOneMeaningLieCloserThanTextsOfTwo() throws Exception {
        List<float[]> vectors =
                embed(
                                "A cat sat on the mat.",
                                "A kitten rested on the rug.",
                                "Interest rates rose.")
                        .vectors();

        assertThat(cosine(vectors.get(0), vectors.get(1)))
                .isGreaterThan(cosine(vectors.get(0), vectors.get(2)) + 0.3);
    }

    @Test
    void vectorsHaveTheirLengthAndTheTokensAreCounted() throws Exception {
        EmbeddingResult result = embed("hello world", "hello");

        assertThat(result.vectors())
                .allSatisfy(vector -> {
                    assertThat(vector).hasSize(384);
                    assertThat(cosine(vector, vector)).isCloseTo(1, within(1e-4));
                });
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(3);
    }

    @Test
    void theSameTextHasTheSameVectorAloneAndInABatch() throws Exception {
        assertThat(embed("one", "two").vectors().get(1))
                .containsExactly(embed("two").vectors().getFirst());
    }

    @Test
    void aLongTextIsCutUnlessTheRequestForbidsIt() throws Exception {
        EmbeddingRequest long1 = request("word ".repeat(510) + "cat");
        EmbeddingRequest long2 = request("word ".repeat(510) + "dog " + "cat ".repeat(1000));

        EmbeddingResult cut = binding.embed(long2);

        assertThat(cut.usage().orElseThrow().inputTokens()).hasValue(510);
        assertThat(cut.vectors().getFirst())
                .containsExactly(binding.embed(long1).vectors().getFirst());
        assertThatThrownBy(() -> binding.embed(long2.toBuilder().truncate(false).build()))
                .hasMessageContaining("1511 tokens")
                .extracting("code")
                .isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
    }

    @Test
    void whatStandsNearTheEndOfWhatIsReadCounts() throws Exception {
        String text = "word ".repeat(400);

        List<float[]> vectors = embed(text + "cat", text + "dog").vectors();

        assertThat(vectors.get(0)).isNotEqualTo(vectors.get(1));
    }

    @Test
    void whatTheModelCannotDoIsRefused() throws Exception {
        assertThatThrownBy(() -> binding.embed(request("a").toBuilder().dimensions(256).build()))
                .hasMessageContaining("384");
        assertThatThrownBy(() ->
                        binding.embed(
                                EmbeddingRequest.builder(
                                                MiniLmBinding.MODEL,
                                                List.of(EmbeddingInput.ofTokens(new int[] {1})))
                                        .build()))
                .hasMessageContaining("texts only");
        assertThatThrownBy(() -> embed("fine", "  "))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("empty");
    }

    @Test
    void aCancelledBatchEnds() {
        TestCancellation cancellation = new TestCancellation();
        cancellation.cancel();

        assertThatThrownBy(() ->
                        binding.embed(request("a").toBuilder().cancellation(cancellation).build()))
                .extracting("code")
                .isEqualTo(ErrorCode.CANCELLED);
    }

    @Test
    void theLibrariesLieInTheInstancesFolderAndReportNothing() throws Exception {
        embed("a");

        assertThat(folder.resolve("data/native")).isDirectoryContaining("glob:**onnxruntime*");
        assertThat(folder.resolve("data/native/tokenizer")).isDirectory();
        assertThat(System.getProperty("ai.djl.offline")).isEqualTo("true");
        assertThat(binding.loadedModels()).hasSize(1);
    }

    private static EmbeddingResult embed(String... texts) throws Exception {
        return binding.embed(request(texts));
    }

    private static EmbeddingRequest request(String... texts) {
        return EmbeddingRequest.of(MiniLmBinding.MODEL, List.of(texts));
    }

    private static double cosine(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
