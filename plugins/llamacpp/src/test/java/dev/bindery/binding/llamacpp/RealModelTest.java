package dev.bindery.binding.llamacpp;

import static dev.bindery.binding.llamacpp.TestModel.GREEDY;
import static dev.bindery.binding.llamacpp.TestModel.chat;
import static dev.bindery.binding.llamacpp.TestModel.failure;
import static dev.bindery.binding.llamacpp.TestModel.prompt;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.JsonObject;
import dev.bindery.api.Prompt;
import dev.bindery.api.ResponseFormat;
import dev.bindery.api.Sampling;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a real model answers, and what it refuses. */
@Timeout(120)
class RealModelTest {
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
                binding.generate(chat("Tell me a long story.").maxTokens(5).build(), new Reader());
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
        String first = binding.generate(request, new Reader()).text();
        assertThat(binding.generate(request, new Reader()).text()).isEqualTo(first);
    }

    @Test
    void aStopTextEndsTheAnswerBeforeIt() throws Exception {
        GenerationRequest request =
                prompt("1, 2, 3, 4,")
                        .sampling(GREEDY.toBuilder().stop(List.of(" 7")).build())
                        .build();
        GenerationResult result = binding.generate(request, new Reader());
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
        assertThat(binding.generate(request, new Reader()).text()).startsWith("1, 2, 3, 4, 5");
        assertThat(binding.generate(request, new Reader()).usage().orElseThrow().inputTokens())
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
                        binding.generate(request, new Reader())
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
        JsonNode answer =
                JsonMapper.shared().readTree(binding.generate(request, new Reader()).text());
        assertThat(answer.propertyNames()).containsExactlyInAnyOrder("city", "large");
        assertThat(answer.path("large").isBoolean()).isTrue();
    }

    /**
     * Where its grammar is broken llama.cpp answers in prose, and some patterns end the process.
     */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"const\": \"say \\\"yes\\\"\"}",
                "{\"enum\": [\"a\\nb\", \"c\"]}",
                "{\"enum\": [{\"back\\\\slash\": 1}]}",
                "{\"enum\": []}",
                "{\"type\": \"object\", \"properties\": {\"a\\\"b\": {\"type\": \"integer\"}}}",
                "{\"type\": \"array\", \"items\": {}, \"minItems\": -4}",
                "{\"$ref\": \"https://example.org/x.json\"}",
                "{\"type\": \"string\", \"pattern\": \"^(?=x)y$\"}",
                "{\"anyOf\": [{\"type\": \"string\", \"pattern\": \"^\\\\bx$\"}]}",
                "{\"type\": \"string\", \"pattern\": \"^(a$\"}"
            })
    void aSchemaThatLlamaCppCannotHoldAnAnswerToIsRefused(String schema) throws Exception {
        assertThat(failure(binding, held(schema)).code())
                .isIn(ErrorCode.UNSUPPORTED, ErrorCode.INVALID_REQUEST);
        assertThat(binding.generate(chat("hi").maxTokens(3).build(), new Reader()).usage())
                .isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "^\\\\d{3}-[\\\\w.-]{2}$",
                "^(?:ab|c){1,2}?\\\\.\\\\s[^a]{3}$",
                "^.{2}\\\\/[\\\\-x]$"
            })
    void anAnswerKeepsToAPattern(String pattern) throws Exception {
        String text =
                binding.generate(
                                held(
                                        "{\"type\": \"string\", \"pattern\": \"%s\"}"
                                                .formatted(pattern)),
                                new Reader())
                        .text();

        JsonNode answer = JsonMapper.shared().readTree(text);

        assertThat(answer.stringValue()).matches(pattern.replace("\\\\", "\\"));
    }

    private static GenerationRequest held(String schema) {
        return chat("Make one up.")
                .responseFormat(
                        ResponseFormat.jsonSchema(
                                "x",
                                JsonObject.ofMap(
                                        JsonMapper.shared()
                                                .readValue(
                                                        schema,
                                                        new TypeReference<
                                                                Map<String, Object>>() {}))))
                .maxTokens(60)
                .build();
    }

    @Test
    void aSchemaThatIsNoneIsRefused() {
        GenerationRequest request =
                chat("Describe Paris.")
                        .responseFormat(
                                ResponseFormat.jsonSchema("x", JsonObject.of("type", "nonsense")))
                        .build();
        assertThat(failure(binding, request).code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void aPromptBeyondTheContextIsRefused() throws Exception {
        BindingException refused =
                failure(binding, chat("word ".repeat(TestModel.CONTEXT)).build());
        assertThat(refused.code()).isEqualTo(ErrorCode.CONTEXT_LENGTH_EXCEEDED);
        assertThat(refused).hasMessageContaining("512").hasMessageContaining("context_length");
        assertThat(binding.generate(chat("Hi").maxTokens(3).build(), new Reader()).text())
                .isNotEmpty();
    }

    @Test
    void anAnswerEndsWhereTheContextDoes() throws Exception {
        int[] tokens = binding.tokenize(TestModel.NAME, "one two three ".repeat(TestModel.CONTEXT));
        int[] nearlyAll = java.util.Arrays.copyOf(tokens, TestModel.CONTEXT - 5);
        GenerationRequest request =
                GenerationRequest.builder(TestModel.NAME, Prompt.ofTokens(nearlyAll))
                        .sampling(GREEDY)
                        .maxTokens(100)
                        .build();
        GenerationResult result = binding.generate(request, new Reader());
        assertThat(result.usage().orElseThrow().outputTokens()).hasValue(5);
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.LENGTH);
    }

    @Test
    void whatTheModelCannotTakeIsRefusedAndItServesOn() throws Exception {
        assertThat(failure(binding, prompt("").build()).code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(
                        failure(
                                        binding,
                                        GenerationRequest.builder(
                                                        TestModel.NAME,
                                                        Prompt.ofTokens(new int[] {1, 1 << 30}))
                                                .build())
                                .code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
        assertThat(
                        failure(
                                        binding,
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
            assertThat(failure(binding, chat("Hi").sampling(odd).build()).code())
                    .isEqualTo(ErrorCode.INVALID_REQUEST);
        }
        assertThatThrownBy(() -> binding.detokenize(TestModel.NAME, new int[] {-1}))
                .isInstanceOf(BindingException.class);
        assertThat(binding.generate(chat("Hi").maxTokens(3).build(), new Reader()).text())
                .isNotEmpty();
    }
}
