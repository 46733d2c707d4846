package dev.bindery.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.fixture.TestContext;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EchoEmbeddingsTest {
    private final EchoBinding echo = TestContext.started(new EchoBinding(), Map.of());

    @Test
    void everyTextHasItsOwnVectorOfLengthOne() {
        EmbeddingResult result =
                echo.embed(EmbeddingRequest.of("echo", List.of("a b", "b a", "", "a b")));

        assertThat(result.vectors()).hasSize(4).allMatch(vector -> vector.length == 384);
        assertThat(result.vectors())
                .allSatisfy(vector -> assertThat(length(vector)).isCloseTo(1, within(1e-6)));
        assertThat(result.vectors().get(3)).isEqualTo(result.vectors().get(0));
        assertThat(result.vectors().get(1)).isNotEqualTo(result.vectors().get(0));
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(6);
    }

    @Test
    void theVectorIsTheSameEverywhere() {
        float[] vector = echo.embed(request("hello").dimensions(3).build()).vectors().getFirst();

        assertThat(vector)
                .containsExactly(new float[] {0.4703373f, 0.8107483f, 0.3485256f}, within(1e-6f));
    }

    @Test
    void tokensAreEmbeddedAsTheirText() {
        EmbeddingInput tokens = EmbeddingInput.ofTokens(echo.tokenize("echo", "some words"));
        EmbeddingRequest both =
                EmbeddingRequest.builder("echo", List.of(tokens, EmbeddingInput.of("some words")))
                        .build();

        List<float[]> vectors = echo.embed(both).vectors();

        assertThat(vectors.get(0)).isEqualTo(vectors.get(1));
    }

    @Test
    void theSettingGivesTheDimensionsWhereTheRequestDoesNot() {
        EchoBinding small = TestContext.started(new EchoBinding(), Map.of("dimensions", 8));

        assertThat(small.embed(request("x").build()).vectors().getFirst()).hasSize(8);
        assertThat(small.embed(request("x").dimensions(9).build()).vectors().getFirst()).hasSize(9);
        assertThat(small.availableModels().getFirst().embeddingDimensions()).hasValue(8);
    }

    @Test
    void tooManyDimensionsAreRefused() {
        assertThatThrownBy(() -> echo.embed(request("x").dimensions(65_537).build()))
                .hasMessage("65537 dimensions; echo gives at most 65536");
    }

    private static EmbeddingRequest.Builder request(String text) {
        return EmbeddingRequest.builder("echo", List.of(EmbeddingInput.of(text)));
    }

    private static double length(float[] vector) {
        double squares = 0;
        for (float coordinate : vector) {
            squares += coordinate * coordinate;
        }
        return Math.sqrt(squares);
    }
}
