package dev.bindery.binding.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.http.Json;
import java.util.List;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final String TWO =
            "{'data':[{'index':1,'embedding':[3,4.5]},{'index':0,'embedding':'AACAPwAAAMA='}],"
                    + "'usage':{'prompt_tokens':6,'total_tokens':6}}";

    private Provider provider;

    @BeforeEach
    void start() throws Exception {
        provider = new Provider(Map.of());
    }

    @AfterEach
    void stop() {
        provider.close();
    }

    @Test
    void vectorsComeInTheOrderOfTheInputsAndInEitherForm() throws Exception {
        provider.answers(200, TWO);

        EmbeddingResult result = embed("a", "b");

        assertThat(result.vectors()).containsExactly(new float[] {1, -2}, new float[] {3, 4.5f});
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(6);
        assertThat(provider.asked())
                .isEqualTo(
                        Json.parse(
                                "{\"model\":\"e\",\"input\":[\"a\",\"b\"],\"encoding_format\":\"base64\"}"));
    }

    @Test
    void tokensAndDimensionsAreSent() throws Exception {
        provider.answers(200, "{'data':[{'embedding':[1]}]}");

        provider.binding()
                .embed(
                        EmbeddingRequest.builder(
                                        "e", List.of(EmbeddingInput.ofTokens(new int[] {5, 6})))
                                .dimensions(1)
                                .build());

        assertThat(provider.asked().toString())
                .isEqualTo(
                        "{\"model\":\"e\",\"input\":[[5,6]],\"encoding_format\":\"base64\",\"dimensions\":1}");
    }

    @Test
    void nothingIsAskedForNothing() {
        assertThat(embed().vectors()).isEmpty();
        assertThat(provider.server().getRequestCount()).isZero();
    }

    @Test
    void textsAndTokensDoNotMix() {
        EmbeddingRequest mixed =
                EmbeddingRequest.builder(
                                "e",
                                List.of(
                                        EmbeddingInput.of("a"),
                                        EmbeddingInput.ofTokens(new int[] {1})))
                        .build();

        BindingException e =
                catchThrowableOfType(BindingException.class, () -> provider.binding().embed(mixed));

        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
    }

    @Test
    void whatIsMissingTwiceThereOrUnreadableIsTheProvidersError() {
        assertUpstreamError("{'data':[{'index':0,'embedding':[1]}]}");
        assertUpstreamError("{'data':[{'index':0,'embedding':[1]},{'index':0,'embedding':[1]}]}");
        assertUpstreamError("{'data':[{'index':7,'embedding':[1]}]}");
        assertUpstreamError("{'data':[{'embedding':'AAA='},{'embedding':[1]}]}");
        assertUpstreamError("{'data':[{'embedding':['x']},{'embedding':[1]}]}");
        assertUpstreamError("{'data':[{},{}]}");
    }

    private void assertUpstreamError(String answer) {
        provider.answers(200, answer);
        BindingException e = catchThrowableOfType(BindingException.class, () -> embed("a", "b"));
        assertThat(e).as(answer).isNotNull();
        assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
    }

    @Test
    void aConnectionThatBreaksBeforeTheAnswerIsTriedAgain() {
        provider.server()
                .enqueue(
                        new MockResponse.Builder()
                                .onResponseStart(new SocketEffect.CloseSocket())
                                .build());
        provider.answers(200, TWO);

        assertThat(embed("a", "b").vectors()).hasSize(2);
        assertThat(provider.server().getRequestCount()).isEqualTo(2);
    }

    private EmbeddingResult embed(String... texts) {
        return provider.binding().embed(EmbeddingRequest.of("e", List.of(texts)));
    }
}
