package dev.bindery.binding.llamacpp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonValue;
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
import tools.jackson.databind.json.JsonMapper;

@Timeout(120)
class FurtherSamplingTest {
    @TempDir static Path temp;
    private static LlamaCppBinding binding;

    @BeforeAll
    static void start() {
        binding =
                Started.in(
                        temp,
                        Map.of(
                                "context_length", 256,
                                "parallel", 1,
                                "model_paths", List.of(TestModel.file().toString())));
    }

    @AfterAll
    static void stop() throws Exception {
        binding.stop();
    }

    @Test
    void aGrammarIsRefusedSinceAWrongOneWouldHoldNothing() throws Exception {
        BindingException refused = failure("{\"grammar\": \"root ::= \\\"yes\\\"\"}");
        assertThat(refused.code()).isEqualTo(ErrorCode.UNSUPPORTED);
        assertThat(refused).hasMessageContaining("JSON schema");
        assertThat(answer("{\"grammar\": null}")).isNotEmpty();
    }

    @Test
    void aBiasMakesTokensLikelyOrKeepsThemOut() throws Exception {
        String plain = answer("{}");
        int first = binding.tokenize(TestModel.NAME, plain)[0];
        for (String bias :
                List.of(
                        "{\"logit_bias\": {\"%d\": -100}}".formatted(first),
                        "{\"logit_bias\": [[%d, false]]}".formatted(first),
                        "{\"logit_bias\": [[%d, -100]]}".formatted(first))) {
            assertThat(binding.tokenize(TestModel.NAME, answer(bias))[0]).isNotEqualTo(first);
        }
        assertThat(answer("{\"logit_bias\": [[\" zebra\", 100]]}")).contains("zebra");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'typical_p': 0.9, 'min_keep': 2}",
                "{'dynatemp_range': 0.5, 'dynatemp_exponent': 1.5}",
                "{'xtc_probability': 0.5, 'xtc_threshold': 0.1}",
                "{'dry_multiplier': 0.8, 'dry_base': 1.75, 'dry_allowed_length': 2,"
                        + " 'dry_penalty_last_n': 64, 'dry_sequence_breakers': ['.', ',']}",
                "{'mirostat': 2, 'mirostat_tau': 4, 'mirostat_eta': 0.1}",
                "{'samplers': ['top_k', 'temperature']}",
                "{'samplers': []}",
                "{'ignore_eos': true}"
            })
    void whatLlamaCppKnowsIsTaken(String parameters) throws Exception {
        assertThat(answer(parameters.replace('\'', '"'))).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'typical_p': 2}",
                "{'min_keep': -1}",
                "{'dynatemp_range': -1}",
                "{'xtc_threshold': 7}",
                "{'dry_base': 0}",
                "{'dry_penalty_last_n': 100000}",
                "{'dry_sequence_breakers': []}",
                "{'dry_sequence_breakers': [1]}",
                "{'samplers': ['nonsense']}",
                "{'samplers': 'kt'}",
                "{'mirostat': 3}",
                "{'logit_bias': {'one': 1}}",
                "{'logit_bias': {'1': 'much'}}",
                "{'logit_bias': [[1]]}",
                "{'logit_bias': [1]}",
                "{'logit_bias': [[1, true]]}",
                "{'logit_bias': 5}"
            })
    void whatItCannotTakeIsRefused(String parameters) throws Exception {
        assertThat(failure(parameters.replace('\'', '"')).code())
                .isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    private static String answer(String parameters) throws Exception {
        return binding.generate(request(parameters), _ -> true).text();
    }

    private static BindingException failure(String parameters) throws Exception {
        GenerationRequest request = request(parameters);
        return catchThrowableOfType(
                BindingException.class, () -> binding.generate(request, _ -> true));
    }

    private static GenerationRequest request(String parameters) throws Exception {
        JsonObject sent =
                (JsonObject) JsonValue.of(JsonMapper.shared().readValue(parameters, Map.class));
        return GenerationRequest.prompt(TestModel.NAME, "My favourite animal is the")
                .sampling(Sampling.builder().temperature(0.0).build())
                .parameters(JsonObject.of("openai", sent))
                .maxTokens(6)
                .build();
    }
}
