package dev.bindery.binding.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.api.ErrorCode;
import dev.bindery.http.Json;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Vectors, and what they are for. */
class EmbeddingTest {
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
    void textsBecomeVectors() throws Exception {
        provider.answers(
                200,
                "{'id':'x','embeddings':{'float':[[0.5,-1],[2,3]]},'meta':{'billed_units':{'input_tokens':4}}}");

        EmbeddingResult result =
                provider.binding()
                        .embed(
                                request("a", "b")
                                        .dimensions(2)
                                        .purpose(EmbeddingPurpose.QUERY)
                                        .truncate(false)
                                        .build());

        assertThat(result.vectors().getFirst()).containsExactly(0.5f, -1f);
        assertThat(result.vectors().getLast()).containsExactly(2f, 3f);
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(4);
        assertThat(provider.asked())
                .isEqualTo(
                        Json.parse(
                                ("{'model':'embed-v4.0','texts':['a','b'],'input_type':'search_query',"
                                                + "'embedding_types':['float'],'output_dimension':2,'truncate':'NONE'}")
                                        .replace('\'', '"')));
    }

    @Test
    void base64IsReadToo() throws Exception {
        try (Provider other = new Provider(Map.of("embedding_format", "base64"))) {
            other.answers(200, "{'embeddings':{'base64':['AACAPwAAAMA=']}}");

            EmbeddingResult result = other.binding().embed(request("a").build());

            assertThat(result.vectors().getFirst()).containsExactly(1f, -2f);
            assertThat(result.usage()).isEmpty();
            assertThat(other.asked().at("/embedding_types/0").asString()).isEqualTo("base64");
        }
    }

    @Test
    void manyTextsGoInCallsOfNinetySixAndKeepTheirOrder() throws Exception {
        provider.answers(200, batch(96, "1"));
        provider.answers(200, batch(4, "2"));

        EmbeddingResult result =
                provider.binding().embed(EmbeddingRequest.of("m", Collections.nCopies(100, "x")));

        assertThat(result.vectors()).hasSize(100);
        assertThat(result.vectors().get(95)).containsExactly(1f);
        assertThat(result.vectors().get(96)).containsExactly(2f);
        assertThat(result.usage().orElseThrow().inputTokens()).hasValue(6);
        assertThat(provider.asked().path("texts").size()).isEqualTo(96);
        assertThat(provider.asked().path("texts").size()).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource({
        "query, search_query",
        "document, search_document",
        "classification, classification",
        "clustering, clustering",
        "similarity, clustering",
        "poetry, clustering",
        ", clustering"
    })
    void thePurposeIsTheTypeOfTheInputAndTheOperatorsWhereNoneIsKnown(String purpose, String type)
            throws Exception {
        try (Provider other = new Provider(Map.of("embedding_purpose", "clustering"))) {
            other.answers(200, "{'embeddings':{'float':[[1]]}}");

            other.binding()
                    .embed(
                            request("a")
                                    .purpose(purpose == null ? null : new EmbeddingPurpose(purpose))
                                    .build());

            assertThat(other.asked().path("input_type").asString()).isEqualTo(type);
        }
    }

    @Test
    void aWrongNumberOfVectorsAndTokensAreRefused() {
        provider.answers(200, "{'embeddings':{'float':[[1]]}}");
        assertThat(failure(request("a", "b").build()))
                .hasMessageContaining("1 vectors for 2 inputs")
                .returns(ErrorCode.UPSTREAM_ERROR, BindingException::code);
        EmbeddingInput tokens = EmbeddingInput.ofTokens(new int[] {1});
        assertThat(failure(EmbeddingRequest.builder("m", List.of(tokens)).build()).code())
                .isEqualTo(ErrorCode.UNSUPPORTED);
    }

    private static EmbeddingRequest.Builder request(String... texts) {
        return EmbeddingRequest.of("embed-v4.0", List.of(texts)).toBuilder();
    }

    private static String batch(int size, String value) {
        return "{'embeddings':{'float':[%s]},'meta':{'tokens':{'input_tokens':3},'billed_units':{'input_tokens':1}}}"
                .formatted(String.join(",", Collections.nCopies(size, "[" + value + "]")));
    }

    private BindingException failure(EmbeddingRequest request) {
        return catchThrowableOfType(
                BindingException.class, () -> provider.binding().embed(request));
    }
}
