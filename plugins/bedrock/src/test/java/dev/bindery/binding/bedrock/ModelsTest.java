package dev.bindery.binding.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.Capability;
import dev.bindery.api.ModelInfo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ModelsTest {
    private static final String MODELS =
            "{'modelSummaries':["
                    + model("amazon.nova-pro-v1:0", "['TEXT','IMAGE']", "TEXT", "ON_DEMAND", true)
                    + ","
                    + model("ai21.old", "['TEXT']", "TEXT", "ON_DEMAND", false)
                    + ","
                    + model(
                            "anthropic.claude-opus-5",
                            "['TEXT','IMAGE']",
                            "TEXT",
                            "INFERENCE_PROFILE",
                            true)
                    + ","
                    + model(
                            "amazon.titan-embed-text-v2:0",
                            "['TEXT']",
                            "EMBEDDING",
                            "ON_DEMAND",
                            false)
                    + ","
                    + model("amazon.titan-image", "['TEXT']", "IMAGE", "ON_DEMAND", false)
                    + ","
                    + model("amazon.nova-embed", "['TEXT']", "EMBEDDING", "ON_DEMAND", false)
                    + "]}";

    private static String model(
            String id, String in, String out, String inference, boolean streaming) {
        return "{'modelId':'%s','modelName':'Name','providerName':'Maker','inputModalities':%s,'outputModalities':['%s'],'inferenceTypesSupported':['%s'],'responseStreamingSupported':%s}"
                .formatted(id, in, out, inference, streaming);
    }

    @Test
    void modelsAndProfilesAreListedWithWhatTheyCan() throws Exception {
        try (Provider provider = new Provider()) {
            provider.answers(200, MODELS);
            provider.answers(
                    200,
                    "{'inferenceProfileSummaries':[{'inferenceProfileId':'us.anthropic.claude-opus-5','inferenceProfileName':'US Opus','models':[{'modelArn':'arn:aws:bedrock:us-east-1::foundation-model/anthropic.claude-opus-5'}]}],'nextToken':'more'}");
            provider.answers(
                    200,
                    "{'inferenceProfileSummaries':[{'inferenceProfileId':'us.unknown','models':[{'modelArn':'arn:x/unknown'}]}]}");

            List<ModelInfo> models = provider.binding().availableModels();

            assertThat(models)
                    .extracting(ModelInfo::name)
                    .containsExactly(
                            "amazon.nova-pro-v1:0",
                            "ai21.old",
                            "amazon.titan-embed-text-v2:0",
                            "us.anthropic.claude-opus-5");
            assertThat(models.get(0).capabilities())
                    .contains(Capability.CHAT, Capability.STREAM, Capability.IMAGES)
                    .doesNotContain(Capability.EMBEDDINGS);
            assertThat(models.get(1).capabilities())
                    .contains(Capability.CHAT)
                    .doesNotContain(Capability.STREAM, Capability.IMAGES);
            assertThat(models.get(2).capabilities()).containsExactly(Capability.EMBEDDINGS);
            assertThat(models.get(3).displayName()).contains("US Opus");
            assertThat(provider.request().getTarget()).isEqualTo("/control/foundation-models");
            assertThat(provider.request().getTarget())
                    .isEqualTo("/control/inference-profiles?maxResults=1000");
            assertThat(provider.request().getTarget())
                    .isEqualTo("/control/inference-profiles?maxResults=1000&nextToken=more");
        }
    }

    @Test
    void whoMayNotListProfilesHasModelsAllTheSame() throws Exception {
        try (Provider provider = new Provider()) {
            provider.answers(200, MODELS);
            provider.fails(403, "AccessDeniedException", "not authorized");

            assertThat(provider.binding().listModels()).hasSize(3);
        }
    }

    @Test
    void theOperatorCanNameThem() throws Exception {
        try (Provider provider = new Provider(Map.of("models", List.of("x")))) {
            assertThat(provider.binding().listModels()).containsExactly("x");
            assertThat(provider.server().getRequestCount()).isZero();
        }
    }

    @Test
    void anAddressWithoutAListIsNamed() throws Exception {
        try (Provider provider = new Provider()) {
            provider.answers(200, "{}");

            assertThatThrownBy(provider.binding()::listModels).hasMessageContaining("control_url");
        }
    }
}
