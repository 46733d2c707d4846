package dev.bindery.binding.llamacpp;

import static dev.bindery.binding.llamacpp.TestModel.GREEDY;
import static dev.bindery.binding.llamacpp.TestModel.chat;
import static dev.bindery.binding.llamacpp.TestModel.failure;
import static dev.bindery.binding.llamacpp.TestModel.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LoadedModel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A real model with several callers, with ones that leave, with texts for vectors. */
@Timeout(120)
class BusyModelTest {
    @TempDir static Path temp;
    private static LlamaCppBinding binding;

    @BeforeAll
    static void start() throws Exception {
        binding = Started.withTestModel(temp);
    }

    @AfterAll
    static void stop() throws Exception {
        binding.stop();
    }

    @Test
    void severalAreAnsweredAtOnceAndMoreWait() throws Exception {
        try (ExecutorService callers = Executors.newCachedThreadPool()) {
            List<Future<GenerationResult>> answers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                GenerationRequest request =
                        prompt("%d, %d, %d,".formatted(i, i + 1, i + 2))
                                .sampling(GREEDY)
                                .maxTokens(6)
                                .build();
                answers.add(callers.submit(() -> binding.generate(request, new Reader())));
            }
            for (int i = 0; i < 8; i++) {
                assertThat(answers.get(i).get().text()).startsWith(" " + (i + 3));
            }
        }
    }

    @Test
    void aCancelledAnswerEndsWithWhatThereIs() throws Exception {
        Reader reader = new Reader(3);
        GenerationResult result =
                binding.generate(
                        chat("Tell me a long story.").cancellation(reader).maxTokens(400).build(),
                        reader);
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(result.text()).isEqualTo(reader.text());
        assertThat(reader.pieces()).hasSize(3);
    }

    @Test
    void aCallbackThatRefusesEndsTheAnswer() throws Exception {
        GenerationResult result =
                binding.generate(chat("Tell me a long story.").maxTokens(400).build(), _ -> false);
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void aCancelledPromptStopsBeingRead() throws Exception {
        Reader reader = new Reader();
        GenerationRequest request =
                prompt("seven red boats ".repeat(150)).cancellation(reader).build();
        assertThat(binding.countTokens(request).tokens()).isBetween(400L, 500L);
        try (ExecutorService callers = Executors.newCachedThreadPool()) {
            Future<?> call = callers.submit(() -> failure(binding, request, reader));
            while (reader.waiting() == 0) {
                Thread.onSpinWait();
            }
            reader.cancel();
            assertThat(((BindingException) call.get()).code()).isEqualTo(ErrorCode.CANCELLED);
        }
        assertThat(reader.pieces()).isEmpty();
        assertThat(binding.generate(chat("Hi").maxTokens(3).build(), new Reader()).text())
                .isNotEmpty();
    }

    @Test
    void aSlowReaderDoesNotHoldUpTheOthers() throws Exception {
        try (ExecutorService callers = Executors.newCachedThreadPool()) {
            java.util.concurrent.CountDownLatch first = new java.util.concurrent.CountDownLatch(1);
            java.util.concurrent.CountDownLatch go = new java.util.concurrent.CountDownLatch(1);
            GenerationCallback slow =
                    _ -> {
                        first.countDown();
                        try {
                            go.await();
                        } catch (InterruptedException _) {
                            return false;
                        }
                        return true;
                    };
            Future<GenerationResult> blocked =
                    callers.submit(
                            () -> binding.generate(chat("Hello").maxTokens(10).build(), slow));
            first.await();
            assertThat(binding.generate(chat("Hi").maxTokens(5).build(), new Reader()).text())
                    .isNotEmpty();
            assertThat(blocked.isDone()).isFalse();
            go.countDown();
            assertThat(blocked.get().text()).isNotEmpty();
        }
    }

    @Test
    void textsBecomeVectorsByTheirMeaning() throws Exception {
        EmbeddingResult result =
                binding.embed(
                        EmbeddingRequest.of(
                                TestModel.NAME,
                                List.of(
                                        "The cat sleeps on the sofa.",
                                        "A cat is sleeping on a couch.",
                                        "Interest rates rose by two percent.")));
        List<float[]> vectors = result.vectors();
        assertThat(vectors).allSatisfy(v -> assertThat(dot(v, v)).isBetween(0.99, 1.01));
        assertThat(dot(vectors.get(0), vectors.get(1)))
                .isGreaterThan(dot(vectors.get(0), vectors.get(2)));
        assertThat(result.usage().orElseThrow().inputTokens().getAsLong()).isBetween(15L, 40L);
    }

    @Test
    void aTextTooLongToEmbedIsCutOrRefused() throws Exception {
        EmbeddingRequest request =
                EmbeddingRequest.of(TestModel.NAME, List.of("many words ".repeat(600)));
        assertThat(binding.embed(request).usage().orElseThrow().inputTokens().getAsLong())
                .isBetween(500L, 512L);
        assertThatThrownBy(() -> binding.embed(request.toBuilder().truncate(false).build()))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED));
    }

    @Test
    void aModelThatIsLoadedSaysSo() throws Exception {
        binding.buildModel(null);
        LoadedModel loaded = binding.loadedModels().getFirst();
        assertThat(loaded.name()).isEqualTo(TestModel.NAME);
        assertThat(loaded.contextLength()).hasValue(TestModel.CONTEXT);
        assertThat(loaded.memoryBytes().getAsLong()).isGreaterThan(98_362_432);
        assertThat(loaded.expires()).isPresent();
        assertThat(binding.availableModels().getFirst().installed()).isTrue();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += (double) a[i] * b[i];
        }
        return sum;
    }
}
