package dev.bindery.binding.gemini;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.api.TokenCount;
import dev.bindery.api.Tool;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** An instance's life: found, configured, asked for models and tokens, watched. */
class InstanceTest {
    @Test
    void theBindingIsFoundByItsService() {
        assertThat(ServiceLoader.load(LlmBinding.class))
                .hasOnlyElementsOfType(GeminiBinding.class)
                .hasSize(1);
    }

    @Test
    void anInstanceWaitsForItsKeyAndForNothingElse() {
        assertThat(Provider.instance("http://h", Map.of("api_key", "")).config().missing())
                .containsExactly("api_key");
        assertThat(Provider.instance("http://h", Map.of()).config().missing()).isEmpty();
    }

    @Test
    void theModelsComePageByPage() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(
                    200,
                    "{'models':[{'name':'models/gemini-2.5-flash','displayName':'Flash','description':'fast',"
                            + "'inputTokenLimit':1048576,'outputTokenLimit':65536,'thinking':true,"
                            + "'supportedGenerationMethods':['generateContent','countTokens']},"
                            + "{'name':'models/imagen-4','supportedGenerationMethods':['predict']}],"
                            + "'nextPageToken':'p&2'}");
            provider.answers(
                    200,
                    "{'models':[{'name':'models/gemini-embedding-001','inputTokenLimit':2048,"
                            + "'supportedGenerationMethods':['embedContent']},"
                            + "{'name':'models/gemini-2.5-flash-image','supportedGenerationMethods':['generateContent']},"
                            + "{'name':'models/gemma-3-27b-it','supportedGenerationMethods':['generateContent']}],"
                            + "'nextPageToken':'p&2'}");
            provider.answers(200, "{}");

            List<ModelInfo> models = provider.binding().availableModels();

            assertThat(models)
                    .extracting(ModelInfo::name)
                    .containsExactly(
                            "gemini-2.5-flash",
                            "gemini-embedding-001",
                            "gemini-2.5-flash-image",
                            "gemma-3-27b-it");
            ModelInfo flash = models.getFirst();
            assertThat(flash.displayName()).contains("Flash");
            assertThat(flash.contextLength()).hasValue(1_048_576);
            assertThat(flash.maxOutputTokens()).hasValue(65_536);
            assertThat(flash.capabilities())
                    .contains(Capability.TOOLS, Capability.REASONING)
                    .doesNotContain(Capability.EMBEDDINGS, Capability.MEDIA_OUTPUT);
            assertThat(models.get(1).capabilities()).containsExactly(Capability.EMBEDDINGS);
            assertThat(models.get(2).capabilities())
                    .contains(Capability.MEDIA_OUTPUT)
                    .doesNotContain(Capability.TOOLS);
            assertThat(models.get(3).capabilities()).doesNotContain(Capability.TOOLS);
            assertThat(provider.request().getTarget()).isEqualTo("/v1beta/models?pageSize=1000");
            assertThat(provider.request().getTarget())
                    .isEqualTo("/v1beta/models?pageSize=1000&pageToken=p%262");
        }
    }

    @Test
    void theOperatorMayNameTheModelsAndAListThatIsNoneSaysSo() throws Exception {
        try (Provider provider = new Provider(Map.of("models", List.of("x")))) {
            assertThat(provider.binding().listModels()).containsExactly("x");
            assertThat(provider.server().getRequestCount()).isZero();
        }
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(200, "{'status':'ok'}");
            assertThatThrownBy(() -> provider.binding().listModels())
                    .hasMessageContaining("base_url")
                    .hasMessageContaining("setting models");
        }
    }

    @Test
    void tokensAreCountedWithInstructionsAndTools() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(200, "{'totalTokens':31}");

            TokenCount count =
                    provider.binding()
                            .countTokens(
                                    Provider.chat(Message.system("s"), Message.user("x"))
                                            .tools(List.of(Tool.builder("f").build()))
                                            .streaming(true)
                                            .build());

            assertThat(count).isEqualTo(TokenCount.exactly(31));
            var request = provider.request();
            assertThat(request.getTarget())
                    .isEqualTo("/v1beta/models/gemini-2.5-flash:countTokens");
            JsonNode asked =
                    RequestTest.json(request.getBody().utf8()).path("generateContentRequest");
            assertThat(asked.path("model").asString()).isEqualTo("models/gemini-2.5-flash");
            assertThat(
                            asked.has("contents")
                                    && asked.has("systemInstruction")
                                    && asked.has("tools"))
                    .isTrue();

            provider.answers(200, "{}");
            assertThatThrownBy(() -> provider.binding().countTokens(Provider.chat().build()))
                    .isInstanceOf(BindingException.class);
        }
    }

    @Test
    void theHealthTellsOfAWrongKey() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(
                    400,
                    "{'error':{'code':400,'message':'API key not valid: %s','status':'INVALID_ARGUMENT'}}"
                            .formatted(Provider.KEY));
            assertThatThrownBy(() -> provider.generate())
                    .isInstanceOfSatisfying(
                            BindingException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_AUTHENTICATION));
            assertThat(provider.binding().health().reason())
                    .contains("not valid: ***")
                    .doesNotContain(Provider.KEY);

            provider.answers(200, Provider.whole("{'text':'x'}", "STOP"));
            provider.generate();
            assertThat(provider.binding().health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void settingsThatCannotWorkAreRefusedAndGoodOnesNeedAFreshInstance() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            GeminiBinding binding = provider.binding();
            assertThat(
                            binding.settingsUpdated(
                                    Provider.instance("https://other/v1", Map.of()).config()))
                    .isFalse();
            assertRefused(binding, "nowhere", Map.of(), "base_url");
            assertRefused(
                    binding,
                    "http://h",
                    Map.of("safety_settings", Map.of("A", 1)),
                    "safety_settings");
            assertRefused(binding, "http://h", Map.of("api_key", "a\nb"), "x-goog-api-key");
        }
    }

    private static void assertRefused(
            GeminiBinding binding, String url, Map<String, ?> settings, String named) {
        assertThatThrownBy(() -> binding.settingsUpdated(Provider.instance(url, settings).config()))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining(named);
    }
}
