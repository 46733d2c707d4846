package dev.bindery.binding.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Vectors, one or many. */
class EmbeddingTest {
    private static final String MODEL = "gemini-embedding-001";

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
    void oneTextIsAskedForAlone() throws Exception {
        provider.answers(
                200, "{'embedding':{'values':[0.5,-1]},'usageMetadata':{'promptTokenCount':3}}");

        EmbeddingResult result =
                provider.binding()
                        .embed(
                                EmbeddingRequest.builder(MODEL, List.of(EmbeddingInput.of("a")))
                                        .dimensions(2)
                                        .build());

        assertThat(result.vectors().getFirst()).containsExactly(0.5f, -1f);
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(3);
        var request = provider.request();
        assertThat(request.getTarget())
                .isEqualTo("/v1beta/models/gemini-embedding-001:embedContent");
        assertThat(request.getBody().utf8())
                .isEqualTo(
                        "{\"model\":\"models/gemini-embedding-001\",\"content\":{\"parts\":[{\"text\":\"a\"}]},\"outputDimensionality\":2}");
    }

    @Test
    void manyTextsGoInHundredsAndKeepTheirOrder() throws Exception {
        provider.answers(200, batch(100, "1"));
        provider.answers(200, batch(50, "2"));

        EmbeddingResult result =
                provider.binding().embed(EmbeddingRequest.of(MODEL, Collections.nCopies(150, "x")));

        assertThat(result.vectors()).hasSize(150);
        assertThat(result.vectors().get(99)).containsExactly(1f);
        assertThat(result.vectors().get(100)).containsExactly(2f);
        assertThat(result.usage()).isEmpty();
        assertThat(provider.asked().path("requests").size()).isEqualTo(100);
        assertThat(provider.asked().path("requests").size()).isEqualTo(50);
    }

    @ParameterizedTest
    @CsvSource({
        "query, RETRIEVAL_QUERY",
        "document, RETRIEVAL_DOCUMENT",
        "classification, CLASSIFICATION",
        "clustering, CLUSTERING",
        "similarity, SEMANTIC_SIMILARITY",
        "poetry, "
    })
    void thePurposeIsTheTask(String purpose, String task) throws Exception {
        provider.answers(200, "{'embedding':{'values':[1]}}");

        provider.binding()
                .embed(
                        EmbeddingRequest.builder(MODEL, List.of(EmbeddingInput.of("a")))
                                .purpose(new EmbeddingPurpose(purpose))
                                .build());

        JsonNode sent = provider.asked().path("taskType");
        assertThat(sent.asString(null)).isEqualTo(task);
    }

    @Test
    void aWrongNumberOfVectorsAndTokensAreRefused() {
        provider.answers(200, batch(1, "1"));
        assertThat(failure(EmbeddingRequest.of(MODEL, List.of("a", "b"))))
                .hasMessageContaining("1 vectors for 2 inputs")
                .returns(ErrorCode.UPSTREAM_ERROR, BindingException::code);
        provider.answers(200, "{'embedding':{}}");
        assertThat(failure(EmbeddingRequest.of(MODEL, List.of("a"))).code())
                .isEqualTo(ErrorCode.UPSTREAM_ERROR);
        EmbeddingInput tokens = EmbeddingInput.ofTokens(new int[] {1});
        assertThat(failure(EmbeddingRequest.builder(MODEL, List.of(tokens)).build()).code())
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    @Test
    void nothingIsAskedForNothing() {
        assertThat(provider.binding().embed(EmbeddingRequest.of(MODEL, List.of())).vectors())
                .isEmpty();
        assertThat(provider.server().getRequestCount()).isZero();
    }

    private static String batch(int size, String value) {
        return "{'embeddings':[%s]}"
                .formatted(
                        String.join(
                                ",",
                                Collections.nCopies(size, "{'values':[%s]}".formatted(value))));
    }

    private BindingException failure(EmbeddingRequest request) {
        return catchThrowableOfType(
                BindingException.class, () -> provider.binding().embed(request));
    }
}
