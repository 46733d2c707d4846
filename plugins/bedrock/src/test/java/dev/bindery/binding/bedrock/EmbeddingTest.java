package dev.bindery.binding.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.EmbeddingInput;
import dev.bindery.api.EmbeddingPurpose;
import dev.bindery.api.EmbeddingRequest;
import dev.bindery.api.EmbeddingResult;
import dev.bindery.fixture.MockProvider;
import java.util.Collections;
import java.util.List;
import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;

class EmbeddingTest {
    private static final String TITAN = "amazon.titan-embed-text-v2:0";
    private static final String COHERE = "cohere.embed-multilingual-v3";

    @Test
    void titanTakesOneTextAtATime() throws Exception {
        try (Provider provider = new Provider()) {
            provider.answers(200, "{'embedding':[0.5,1],'inputTextTokenCount':3}");
            provider.answers(200, "{'embedding':[0,-1],'inputTextTokenCount':4}");

            EmbeddingResult result =
                    provider.binding()
                            .embed(
                                    EmbeddingRequest.builder(
                                                    TITAN,
                                                    List.of(
                                                            EmbeddingInput.of("a"),
                                                            EmbeddingInput.of("b")))
                                            .dimensions(2)
                                            .build());

            assertThat(result.vectors())
                    .containsExactly(new float[] {0.5f, 1}, new float[] {0, -1});
            assertThat(result.usage().orElseThrow().inputTokens()).hasValue(7);
            RecordedRequest first = provider.request();
            assertThat(first.getTarget()).isEqualTo("/model/amazon.titan-embed-text-v2%3A0/invoke");
            assertThat(first.getBody().utf8()).isEqualTo("{\"inputText\":\"a\",\"dimensions\":2}");
        }
    }

    @Test
    void cohereTakesManyAndIsToldWhatFor() throws Exception {
        try (Provider provider = new Provider()) {
            provider.server()
                    .enqueue(
                            new MockResponse.Builder()
                                    .addHeader("X-Amzn-Bedrock-Input-Token-Count", "9")
                                    .body(
                                            MockProvider.quoted(
                                                    "{'embeddings':{'float':[[1,2],[3,4]]}}"))
                                    .build());

            EmbeddingResult result =
                    provider.binding()
                            .embed(
                                    EmbeddingRequest.builder(
                                                    COHERE,
                                                    List.of(
                                                            EmbeddingInput.of("a"),
                                                            EmbeddingInput.of("b")))
                                            .purpose(EmbeddingPurpose.QUERY)
                                            .truncate(false)
                                            .build());

            assertThat(result.vectors()).containsExactly(new float[] {1, 2}, new float[] {3, 4});
            assertThat(result.usage().orElseThrow().inputTokens()).hasValue(9);
            assertThat(provider.asked().toString())
                    .isEqualTo(
                            MockProvider.quoted(
                                    "{'texts':['a','b'],'input_type':'search_query','truncate':'NONE','embedding_types':['float']}"));
        }
    }

    @Test
    void cohereTakesNinetySixAtTheMost() throws Exception {
        try (Provider provider = new Provider()) {
            provider.answers(
                    200,
                    "{'embeddings':[%s]}"
                            .formatted(String.join(",", Collections.nCopies(96, "[1]"))));
            provider.answers(200, "{'embeddings':[[2]]}");

            EmbeddingResult result =
                    provider.binding()
                            .embed(EmbeddingRequest.of(COHERE, Collections.nCopies(97, "x")));

            assertThat(result.vectors()).hasSize(97);
            assertThat(result.vectors().getLast()).containsExactly(2);
            assertThat(result.usage()).isEmpty();
        }
    }

    @Test
    void otherModelsAndOtherNumbersOfVectorsAreErrors() throws Exception {
        try (Provider provider = new Provider()) {
            assertThatThrownBy(
                            () -> provider.binding().embed(EmbeddingRequest.of("m", List.of("x"))))
                    .hasMessageContaining("titan-embed");
            provider.answers(200, "{'embeddings':[]}");
            assertThatThrownBy(() ->
                            provider.binding().embed(EmbeddingRequest.of(COHERE, List.of("x"))))
                    .hasMessageContaining("0 vectors for 1 texts");
        }
    }
}
