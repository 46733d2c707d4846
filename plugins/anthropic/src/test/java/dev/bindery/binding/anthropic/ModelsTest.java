package dev.bindery.binding.anthropic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Capability;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TokenCount;
import dev.bindery.http.Json;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final GenerationRequest HI =
            GenerationRequest.chat("m", List.of(Message.system("S"), Message.user("Hi")))
                    .maxTokens(9)
                    .streaming(true)
                    .build();

    private Provider provider;

    @BeforeEach
    void begin() throws IOException {
        provider = new Provider(Map.of("max_retries", 0));
    }

    @AfterEach
    void end() {
        provider.close();
    }

    @Test
    void everyPageOfTheListIsRead() throws Exception {
        provider.answers(
                200,
                "{'data':[{'type':'model','id':'claude-opus-5','display_name':'Claude Opus 5','created_at':'2026-05-01T00:00:00Z',"
                        + "'max_input_tokens':1000000,'max_tokens':64000,'capabilities':{'image_input':{'supported':true},"
                        + "'pdf_input':{'supported':false},'thinking':{'supported':true}}}],'has_more':true,'last_id':'claude-opus-5'}");
        provider.answers(
                200,
                "{'data':[{'type':'model','id':'old','display_name':'Old','created_at':'1970-01-01T00:00:00Z'}],'has_more':false,'last_id':'old'}");

        List<ModelInfo> models = provider.binding().availableModels();

        assertThat(models).extracting(ModelInfo::name).containsExactly("claude-opus-5", "old");
        ModelInfo first = models.getFirst();
        assertThat(first.displayName()).contains("Claude Opus 5");
        assertThat(first.modified()).contains(Instant.parse("2026-05-01T00:00:00Z"));
        assertThat(first.contextLength()).hasValue(1000000);
        assertThat(first.maxOutputTokens()).hasValue(64000);
        assertThat(first.capabilities())
                .containsExactlyInAnyOrder(
                        Capability.CHAT,
                        Capability.STREAM,
                        Capability.TOOLS,
                        Capability.IMAGES,
                        Capability.REASONING);
        assertThat(models.getLast().capabilities()).isEmpty();
        assertThat(models.getLast().modified()).isEmpty();
        assertThat(provider.request().getTarget()).isEqualTo("/v1/models?limit=1000");
        assertThat(provider.request().getTarget())
                .isEqualTo("/v1/models?limit=1000&after_id=claude-opus-5");
    }

    @Test
    void aServerThatRepeatsItsPageIsNotAskedForEver() {
        for (int i = 0; i < 3; i++) {
            provider.answers(200, "{'data':[{'id':'a'}],'has_more':true,'last_id':'a'}");
        }

        assertThat(provider.binding().listModels()).containsExactly("a");
        assertThat(provider.server().getRequestCount()).isEqualTo(2);
    }

    @Test
    void aServerWithoutAListIsNamedAndTheOperatorCanNameModels() throws Exception {
        provider.answers(200, "{'hello':1}");
        assertThatThrownBy(provider.binding()::listModels).hasMessageContaining("setting models");

        try (Provider named = new Provider(Map.of("models", List.of("x", "y")))) {
            assertThat(named.binding().listModels()).containsExactly("x", "y");
            assertThat(named.server().getRequestCount()).isZero();
        }
    }

    @Test
    void tokensAreCountedByTheProvider() throws Exception {
        provider.answers(200, "{'input_tokens':11}");

        assertThat(provider.binding().countTokens(HI)).isEqualTo(TokenCount.exactly(11));

        RecordedRequest request = provider.request();
        assertThat(request.getTarget()).isEqualTo("/v1/messages/count_tokens");
        assertThat(Json.parse(request.getBody().utf8()).propertyNames())
                .containsExactlyInAnyOrder("model", "system", "messages");
    }

    @Test
    void whereTheServerDoesNotCountTheyAreEstimated() throws Exception {
        provider.answers(404, "{'detail':'Not Found'}");

        assertThat(provider.binding().countTokens(HI).exact()).isFalse();
    }

    @Test
    void anUnknownModelIsNotEstimated() {
        provider.answers(
                404, "{'type':'error','error':{'type':'not_found_error','message':'model: m'}}");

        assertThatThrownBy(() -> provider.binding().countTokens(HI))
                .hasMessageContaining("model: m");
    }

    @Test
    void anAddressMayEndInItsVersion() throws Exception {
        Provider other = new Provider();
        try (other) {
            var binding =
                    dev.bindery.fixture.TestContext.started(
                            new AnthropicBinding(),
                            Map.of(
                                    "api_key",
                                    "k",
                                    "base_url",
                                    other.server().url("/x/v1/").toString()));
            other.answers(200, "{'data':[]}");

            assertThat(binding.listModels()).isEmpty();
            assertThat(other.request().getTarget()).isEqualTo("/x/v1/models?limit=1000");
            binding.stop();
        }
    }
}
