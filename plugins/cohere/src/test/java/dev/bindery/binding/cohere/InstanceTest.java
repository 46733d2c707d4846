package dev.bindery.binding.cohere;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.ModelInfo;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** An instance's life: found, configured, asked for models and tokens, watched. */
class InstanceTest {
    @Test
    void theBindingIsFoundByItsService() {
        assertThat(ServiceLoader.load(LlmBinding.class))
                .hasOnlyElementsOfType(CohereBinding.class)
                .hasSize(1);
    }

    @Test
    void anInstanceWaitsForItsKeyAndForNothingElse() {
        assertThat(Provider.instance("http://h", Map.of("api_key", "")).config().missing())
                .containsExactly("api_key");
        assertThat(Provider.instance("http://h", Map.of()).config().missing()).isEmpty();
    }

    @Test
    void theModelsComePageByPageWithWhatTheyCanDo() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(
                    200,
                    "{'models':[{'name':'command-a-03-2025','endpoints':['generate','chat'],'context_length':288000.0,"
                            + "'features':['json_mode','strict_tools','tools','citations']},"
                            + "{'name':'rerank-v3.5','endpoints':['rerank']}],'next_page_token':'p2'}");
            provider.answers(
                    200,
                    "{'models':[{'name':'embed-v4.0','endpoints':['embed'],'features':null},"
                            + "{'name':'mine','endpoints':['chat']},"
                            + "{'name':'command-a-reasoning-08-2025','endpoints':['chat'],'features':['tools']}]}");

            List<ModelInfo> models = provider.binding().availableModels();

            assertThat(models)
                    .extracting(ModelInfo::name)
                    .containsExactly(
                            "command-a-03-2025",
                            "embed-v4.0",
                            "mine",
                            "command-a-reasoning-08-2025");
            assertThat(models.getFirst().contextLength()).hasValue(288_000);
            assertThat(models.getFirst().capabilities())
                    .contains(Capability.TOOLS, Capability.JSON_SCHEMA, Capability.TOKENIZE)
                    .doesNotContain(Capability.IMAGES, Capability.REASONING, Capability.EMBEDDINGS);
            assertThat(models.get(1).capabilities())
                    .containsExactlyInAnyOrder(Capability.EMBEDDINGS, Capability.TOKENIZE);
            assertThat(models.get(2).capabilities())
                    .contains(Capability.TOOLS, Capability.IMAGES)
                    .doesNotContain(Capability.EMBEDDINGS);
            assertThat(models.get(3).capabilities()).contains(Capability.REASONING);
            assertThat(provider.request().getTarget()).isEqualTo("/v1/models?page_size=1000");
            assertThat(provider.request().getTarget())
                    .isEqualTo("/v1/models?page_size=1000&page_token=p2");
        }
    }

    @Test
    void theOperatorMayNameTheModelsAndAListThatIsNoneSaysSo() throws Exception {
        try (Provider provider = new Provider(Map.of("models", List.of("x")))) {
            assertThat(provider.binding().listModels()).containsExactly("x");
            assertThat(provider.server().getRequestCount()).isZero();
        }
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(200, "{}");
            assertThatThrownBy(() -> provider.binding().listModels())
                    .hasMessageContaining("base_url")
                    .hasMessageContaining("setting models");
        }
    }

    @Test
    void textBecomesTokensAndTokensText() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(200, "{'tokens':[10002,2261],'token_strings':['to','ken']}");
            assertThat(provider.binding().tokenize("m", "token")).containsExactly(10002, 2261);
            provider.answers(200, "{'text':'token'}");
            assertThat(provider.binding().detokenize("m", new int[] {10002, 2261}))
                    .isEqualTo("token");

            assertThat(provider.request().getTarget()).isEqualTo("/v1/tokenize");
            assertThat(provider.asked().toString())
                    .isEqualTo("{\"model\":\"m\",\"tokens\":[10002,2261]}");
            assertThat(provider.binding().tokenize("m", "")).isEmpty();
            assertThat(provider.binding().detokenize("m", new int[0])).isEmpty();
            assertThatThrownBy(() -> provider.binding().tokenize("m", "x".repeat(65_537)))
                    .hasMessageContaining("65537 characters")
                    .isInstanceOfSatisfying(
                            BindingException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST));
            assertThat(provider.server().getRequestCount()).isEqualTo(2);
            provider.answers(200, "{'tokens':['a']}");
            assertThatThrownBy(() -> provider.binding().tokenize("m", "x"))
                    .isInstanceOf(BindingException.class);
        }
    }

    @Test
    void theHealthTellsOfAWrongKey() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(401, "{'message':'invalid api token %s'}".formatted(Provider.KEY));
            assertThatThrownBy(() -> provider.generate()).isInstanceOf(BindingException.class);
            assertThat(provider.binding().health().reason())
                    .contains("invalid api token ***")
                    .doesNotContain(Provider.KEY);
        }
    }

    @Test
    void settingsThatCannotWorkAreRefusedAndGoodOnesNeedAFreshInstance() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            CohereBinding binding = provider.binding();
            assertThat(
                            binding.settingsUpdated(
                                    Provider.instance("https://other", Map.of()).config()))
                    .isFalse();
            assertRefused(binding, "nowhere", Map.of(), "base_url");
            assertRefused(binding, "http://h", Map.of("api_key", "a\nb"), "Authorization");
        }
    }

    private static void assertRefused(
            CohereBinding binding, String url, Map<String, ?> settings, String named) {
        assertThatThrownBy(() -> binding.settingsUpdated(Provider.instance(url, settings).config()))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining(named);
    }
}
