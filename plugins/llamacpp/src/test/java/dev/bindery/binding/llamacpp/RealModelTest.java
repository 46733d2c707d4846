package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.LoadedModel;
import dev.bindery.api.Message;
import dev.bindery.api.Prompt;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class RealModelTest {
    private static final Sampling GREEDY = Sampling.builder().temperature(0.0).build();
    private static final int CONTEXT = 512;

    @TempDir static Path temp;
    private static LlamaCppBinding binding;

    @BeforeAll
    static void start() throws Exception {
        TestModel.into(temp.resolve("models"));
        binding =
                Started.in(
                        temp, Map.of("context_length", CONTEXT, "parallel", 4, "max_tokens", 40));
    }

    @AfterAll
    static void stop() throws Exception {
        binding.stop();
    }

    @Test
    void aChatIsAnsweredPieceByPiece() throws Exception {
        Reader reader = new Reader();
        GenerationResult result =
                binding.generate(
                        chat("What is the capital of France?").maxTokens(24).build(), reader);
        assertThat(result.text()).contains("Paris").isEqualTo(reader.text());
        assertThat(reader.pieces()).hasSizeGreaterThan(3);
        assertThat(result.usage().orElseThrow().outputTokens().getAsLong()).isBetween(4L, 24L);
        assertThat(result.timings().orElseThrow().generation().orElseThrow()).isPositive();
    }

    @Test
    void maxTokensEndsTheAnswerAndIsCounted() throws Exception {
        GenerationResult result =
                binding.generate(chat("Tell me a long story.").maxTokens(5).build(), reader());
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.LENGTH);
        assertThat(result.usage().orElseThrow().outputTokens()).hasValue(5);
    }

    @Test
    void theSameSeedGivesTheSameAnswer() throws Exception {
        GenerationRequest request =
                chat("Invent a name for a boat.")
                        .sampling(Sampling.builder().temperature(1.0).seed(7L).build())
                        .maxTokens(16)
                        .build();
        String first = binding.generate(request, reader()).text();
        assertThat(binding.generate(request, reader()).text()).isEqualTo(first);
    }

    @Test
    void aStopTextEndsTheAnswerBeforeIt() throws Exception {
        GenerationRequest request =
                prompt("1, 2, 3, 4,")
                        .sampling(GREEDY.toBuilder().stop(List.of(" 7")).build())
                        .build();
        GenerationResult result = binding.generate(request, reader());
        assertThat(result.text()).isEqualTo(" 5, 6,");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.STOP);
        assertThat(result.first().stopSequence()).contains(" 7");
    }

    @Test
    void aPromptGivenAsTokensIsContinuedLikeItsText() throws Exception {
        int[] tokens = binding.tokenize(TestModel.NAME, "1, 2, 3, 4,");
        GenerationRequest request =
                GenerationRequest.builder(TestModel.NAME, Prompt.ofTokens(tokens).withEcho(true))
                        .sampling(GREEDY)
                        .maxTokens(3)
                        .build();
        assertThat(binding.generate(request, reader()).text()).startsWith("1, 2, 3, 4, 5");
        assertThat(binding.generate(request, reader()).usage().orElseThrow().inputTokens())
                .hasValue(tokens.length);
    }

    @Test
    void tokensComeBackAsTheirText() throws Exception {
        String text = "Grüße, 世界! 👩‍👩‍👧 \0 end";
        assertThat(binding.detokenize(TestModel.NAME, binding.tokenize(TestModel.NAME, text)))
                .isEqualTo(text);
    }

    @Test
    void tokensAreCountedWithTheTemplateApplied() throws Exception {
        GenerationRequest request = chat("Hi 😀").maxTokens(1).build();
        long counted = binding.countTokens(request).tokens();
        assertThat(counted)
                .isGreaterThan(binding.tokenize(TestModel.NAME, "Hi 😀").length)
                .isEqualTo(
                        binding.tokenize(
                                        TestModel.NAME,
                                        "<|im_start|>user\nHi 😀<|im_end|>\n<|im_start|>assistant\n")
                                .length)
                .isEqualTo(
                        binding.generate(request, reader())
                                .usage()
                                .orElseThrow()
                                .inputTokens()
                                .getAsLong());
    }

    @Test
    void charactersOfManyBytesAreNeverBroken() throws Exception {
        Reader reader = new Reader();
        GenerationRequest request =
                prompt("😀😃😄😁😆😅😂🤣😀😃😄😁😆😅😂🤣😀😃😄😁")
                        .sampling(GREEDY)
                        .maxTokens(24)
                        .build();
        GenerationResult result = binding.generate(request, reader);
        assertThat(result.text().codePoints().filter(Character::isSupplementaryCodePoint).count())
                .isPositive();
        assertThat(reader.pieces())
                .allSatisfy(piece ->
                        assertThat(piece.codePoints())
                                .noneMatch(c ->
                                        c == 0xFFFD
                                                || (c >= Character.MIN_SURROGATE
                                                        && c <= Character.MAX_SURROGATE)));
    }

    @Test
    void anAnswerCanBeHeldToASchema() throws Exception {
        JsonObject schema =
                JsonObject.ofMap(
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of(
                                        "city", Map.of("type", "string", "maxLength", 20),
                                        "large", Map.of("type", "boolean")),
                                "required",
                                List.of("city", "large")));
        GenerationRequest request =
                chat("Describe Paris.")
                        .responseFormat(ResponseFormat.jsonSchema("city", schema))
                        .maxTokens(120)
                        .build();
        JsonNode answer = JsonMapper.shared().readTree(binding.generate(request, reader()).text());
        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("city", "large");
        assertThat(answer.path("large").isBoolean()).isTrue();
    }

    @Test
    void aSchemaThatIsNoneIsRefused() {
        GenerationRequest request =
                chat("Describe Paris.")
                        .responseFormat(
                                ResponseFormat.jsonSchema("x", JsonObject.of("type", "nonsense")))
                        .build();
        assertThat(failure(request).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void aPromptBeyondTheContextIsRefused() throws Exception {
        BindingException refused = failure(chat("word ".repeat(CONTEXT)).build());
        assertThat(refused.code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertThat(refused).hasMessageContaining("512").hasMessageContaining("context_length");
        assertThat(binding.generate(chat("Hi").maxTokens(3).build(), reader()).text()).isNotEmpty();
    }

    @Test
    void anAnswerEndsWhereTheContextDoes() throws Exception {
        int[] tokens = binding.tokenize(TestModel.NAME, "one two three ".repeat(CONTEXT));
        int[] nearlyAll = java.util.Arrays.copyOf(tokens, CONTEXT - 5);
        GenerationRequest request =
                GenerationRequest.builder(TestModel.NAME, Prompt.ofTokens(nearlyAll))
                        .sampling(GREEDY)
                        .maxTokens(100)
                        .build();
        GenerationResult result = binding.generate(request, reader());
        assertThat(result.usage().orElseThrow().outputTokens()).hasValue(5);
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void whatTheModelCannotTakeIsRefusedAndItServesOn() throws Exception {
        assertThat(failure(prompt("").build()).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(
                        failure(
                                        GenerationRequest.builder(
                                                        TestModel.NAME,
                                                        Prompt.ofTokens(new int[] {1, 1 << 30}))
                                                .build())
                                .code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(
                        failure(
                                        GenerationRequest.builder(
                                                        TestModel.NAME,
                                                        Prompt.of("a").withSuffix("b"))
                                                .build())
                                .code())
                .isEqualTo(ErrorCode.UNSUPPORTED);
        for (Sampling odd :
                List.of(
                        Sampling.builder().repeatPenalty(0.0).build(),
                        Sampling.builder().topP(2.0).build(),
                        Sampling.builder().temperature(-1.0).build())) {
            assertThat(failure(chat("Hi").sampling(odd).build()).code())
                    .isEqualTo(ErrorCode.INVALID_REQUEST);
        }
        assertThatThrownBy(() -> binding.detokenize(TestModel.NAME, new int[] {-1}))
                .isInstanceOf(BindingException.class);
        assertThat(binding.generate(chat("Hi").maxTokens(3).build(), reader()).text()).isNotEmpty();
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
                answers.add(callers.submit(() -> binding.generate(request, reader())));
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
            Future<?> call = callers.submit(() -> failure(request, reader));
            while (reader.waiting() == 0) {
                Thread.onSpinWait();
            }
            reader.cancel();
            assertThat(((BindingException) call.get()).code()).isEqualTo(ErrorCode.CANCELLED);
        }
        assertThat(reader.pieces()).isEmpty();
        assertThat(binding.generate(chat("Hi").maxTokens(3).build(), reader()).text()).isNotEmpty();
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
            assertThat(binding.generate(chat("Hi").maxTokens(5).build(), reader()).text())
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
        assertThat(loaded.contextLength()).hasValue(CONTEXT);
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

    private static GenerationRequest.Builder chat(String text) {
        return GenerationRequest.chat(TestModel.NAME, List.of(Message.user(text))).sampling(GREEDY);
    }

    private static GenerationRequest.Builder prompt(String text) {
        return GenerationRequest.prompt(TestModel.NAME, text);
    }

    private static Reader reader() {
        return new Reader();
    }

    private static BindingException failure(GenerationRequest request) {
        return failure(request, reader());
    }

    private static BindingException failure(GenerationRequest request, Reader reader) {
        return catchThrowableOfType(
                BindingException.class, () -> binding.generate(request, reader));
    }
}
