package dev.bindery.binding.openai;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Health;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Message;
import dev.bindery.api.ModelInfo;
import dev.bindery.fixture.TestContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

/** An instance's life: found, configured, asked for its models, watched, stopped. */
class InstanceTest {
    @Test
    void theBindingIsFoundByItsService() {
        assertThat(ServiceLoader.load(LlmBinding.class))
                .hasOnlyElementsOfType(OpenAiBinding.class)
                .hasSize(1);
    }

    @Test
    void anInstanceWaitsForAKeyWhereItsProviderWantsOne() throws Exception {
        for (Map<String, ?> settings :
                List.of(
                        Map.of("api_key", ""),
                        Map.of("api_key", "", "provider", "groq"),
                        Map.of("api_key", " ", "base_url", "https://api.mistral.ai/v1"))) {
            BindingException e = waits(settings);

            assertThat(e).hasMessageContaining("api_key needs a value: bindery config openai");
            assertThat(e).hasMessageContaining("_API_KEY}");
        }
        Instance.with(Map.of("api_key", "", "provider", "vllm")).stop();
        Instance.with(Map.of("api_key", "", "base_url", "http://127.0.0.1:9/v1")).stop();
    }

    @Test
    void anInstanceWaitsForAnAddressWhereItsProviderHasNoneOfItsOwn() throws Exception {
        assertThat(waits(Map.of("provider", "azure")))
                .hasMessageContaining("base_url needs a value")
                .hasMessageContaining("https://RESOURCE.openai.azure.com");
        assertThat(waits(Map.of("provider", "other"))).hasMessageContaining("base_url");
    }

    private static BindingException waits(Map<String, ?> settings) {
        BindingException e =
                catchThrowableOfType(BindingException.class, () -> Instance.with(settings));
        assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED);
        return e;
    }

    @Test
    void theModelsAreTheServers() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(
                    200,
                    "{'object':'list','data':[{'id':'a/b','object':'model','created':1700000000,'owned_by':'me','max_model_len':4096},"
                            + "{'id':'c','context_length':null},{'object':'model'}]}");

            List<ModelInfo> models = provider.binding().availableModels();

            assertThat(models).extracting(ModelInfo::name).containsExactly("a/b", "c");
            assertThat(models.getFirst().owner()).contains("me");
            assertThat(models.getFirst().modified()).contains(Instant.ofEpochSecond(1700000000));
            assertThat(models.getFirst().contextLength()).hasValue(4096);
            assertThat(models.getLast().contextLength()).isEmpty();
            assertThat(provider.request().getTarget()).isEqualTo("/v1/models");
        }
    }

    @Test
    void theOperatorMayNameTheModels() throws Exception {
        try (Provider provider = new Provider(Map.of("models", List.of("x", "y")))) {
            assertThat(provider.binding().listModels()).containsExactly("x", "y");
            assertThat(provider.server().getRequestCount()).isZero();
        }
    }

    @Test
    void aListThatIsNoneSaysWhatToDo() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            provider.answers(200, "{'status':'ok'}");

            BindingException e =
                    catchThrowableOfType(
                            BindingException.class, () -> provider.binding().listModels());

            assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_ERROR);
            assertThat(e).hasMessageContaining("base_url").hasMessageContaining("setting models");
        }
    }

    @Test
    void theHealthTellsWhatOnlyTheOperatorCanMend() throws Exception {
        try (Provider provider = new Provider(Map.of())) {
            assertThat(provider.binding().health()).isEqualTo(Health.UP);

            provider.answers(401, "{'error':{'message':'wrong key sk-test-key'}}");
            ask(provider.binding());
            assertThat(provider.binding().health().status()).isEqualTo("DEGRADED");
            assertThat(provider.binding().health().reason())
                    .contains("wrong key ***")
                    .doesNotContain("sk-test-key");

            provider.answers(400, "{}");
            ask(provider.binding());
            assertThat(provider.binding().health().status()).isEqualTo("DEGRADED");

            provider.answers(200, "{'choices':[{'message':{'content':'x'}}]}");
            provider.binding().generate(request(), GenerationCallback.IGNORE);
            assertThat(provider.binding().health()).isEqualTo(Health.UP);
        }
    }

    @Test
    void settingsThatCannotWorkAreRefusedAndGoodOnesNeedAFreshInstance() throws Exception {
        OpenAiBinding binding = Instance.start("http://h/v1", Map.of());

        assertThat(binding.settingsUpdated(Instance.of("https://other/v1", Map.of()).config()))
                .isFalse();
        assertThat(refusal(binding, "nowhere", Map.of())).contains("base_url");
        assertThat(refusal(binding, "http://h", Map.of("proxy", "h:1"))).contains("proxy");
        assertThat(refusal(binding, "http://h", Map.of("proxy", "no address"))).contains("proxy");
        assertThat(refusal(binding, "http://h", Map.of("api_key", "sk-hid\nden")))
                .contains("Authorization")
                .doesNotContain("hid");
        assertThat(refusal(binding, "http://h", Map.of("extra_headers", Map.of("X-A", 1))))
                .contains("X-A");
        binding.stop();
    }

    @Test
    void aStoppedInstanceAnswersNoMore() throws Exception {
        OpenAiBinding binding = Instance.start("http://127.0.0.1:9/v1", Map.of());
        binding.stop();

        assertThat(ask(binding).code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE);
    }

    private static String refusal(OpenAiBinding binding, String url, Map<String, ?> settings)
            throws Exception {
        TestContext updated = Instance.of(url, settings);
        BindingException e =
                catchThrowableOfType(
                        BindingException.class, () -> binding.settingsUpdated(updated.config()));
        assertThat(e.code()).isEqualTo(ErrorCode.INVALID_REQUEST);
        return e.getMessage();
    }

    private static BindingException ask(OpenAiBinding binding) {
        return catchThrowableOfType(
                BindingException.class,
                () -> binding.generate(request(), GenerationCallback.IGNORE));
    }

    private static GenerationRequest request() {
        return GenerationRequest.chat("m", List.of(Message.user("Hi"))).build();
    }
}
