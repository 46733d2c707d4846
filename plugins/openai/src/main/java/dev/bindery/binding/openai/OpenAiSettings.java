package dev.bindery.binding.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.Capability;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UpstreamOptions;
import dev.bindery.http.UsualSeed;
import dev.bindery.openai.OpenAiErrors;
import dev.bindery.openai.OpenAiOptions;
import dev.bindery.openai.Provider;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The instance's settings; config.yaml says what each is for. */
record OpenAiSettings(
        String provider,
        String providerFile,
        String apiKey,
        String baseUrl,
        String organization,
        String project,
        List<String> models,
        int maxTokens,
        int seed,
        String maxTokensField,
        String developerRole,
        List<String> extendedSampling,
        List<String> forwardParameters,
        Optional<Boolean> returnReasoning,
        Optional<Boolean> streamUsage,
        String embeddingFormat,
        int maxImageWidth) {
    private static final String AUTO = "auto";

    /**
     * @throws BindingException NOT_CONFIGURED for what the provider needs and nobody gave;
     *     INVALID_REQUEST naming the setting that cannot be used
     */
    UpstreamOptions upstream(Provider of, String instance, HttpSettings http) {
        String address = ProviderChoice.address(of, baseUrl, instance);
        UpstreamOptions.Builder options = http.to(address).errors(OpenAiErrors.RULES);
        String key = apiKey.strip();
        if (of.keyHeader().isPresent()) {
            header(options, of.keyHeader().get(), key);
        } else {
            header(options, "Authorization", key.isEmpty() ? "" : "Bearer " + key);
        }
        header(options, "OpenAI-Organization", organization);
        header(options, "OpenAI-Project", project);
        ProviderChoice.checkKey(of, key, instance);
        return options.build();
    }

    private static void header(UpstreamOptions.Builder options, String name, String value) {
        if (!value.isBlank()) {
            options.header(name, value.strip());
        }
    }

    /** The provider's ways, and over them what the operator says. */
    OpenAiOptions options(Provider of, Set<Capability> capabilities) {
        OpenAiOptions.Builder options =
                OpenAiOptions.builder(of)
                        .capabilities(capabilities)
                        .maxTokens(maxTokens)
                        .seed(new UsualSeed(seed))
                        .imageLimit(new ImageLimit(maxImageWidth))
                        .forwardParameters(forwardParameters);
        given(models).ifPresent(options::models);
        given(extendedSampling).ifPresent(options::extendedSampling);
        given(maxTokensField).ifPresent(options::chatLimitField);
        given(developerRole).ifPresent(options::developer);
        given(embeddingFormat).ifPresent(options::embeddingFormat);
        returnReasoning.ifPresent(options::returnReasoning);
        streamUsage.ifPresent(options::streamUsage);
        return options.build();
    }

    private static Optional<String> given(String choice) {
        return Optional.of(choice).filter(one -> !one.equals(AUTO));
    }

    private static Optional<List<String>> given(List<String> names) {
        return Optional.of(names).filter(some -> !some.isEmpty());
    }

    /** The address only: values may be secrets. */
    @Override
    public String toString() {
        return "OpenAiSettings[" + baseUrl.replaceAll("//[^/@]*@", "//***@") + "]";
    }
}
