package dev.bindery.binding.openai;

import dev.bindery.api.BindingException;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UpstreamOptions;
import dev.bindery.openai.OpenAiErrors;
import dev.bindery.openai.OpenAiOptions;
import java.util.List;
import java.util.Locale;

/** The instance's settings; config.yaml says what each is for. */
record OpenAiSettings(
        String apiKey,
        String baseUrl,
        String organization,
        String project,
        List<String> models,
        int maxTokens,
        String maxTokensField,
        String developerRole,
        List<String> extendedSampling,
        List<String> forwardParameters,
        boolean returnReasoning,
        boolean streamUsage,
        String embeddingFormat,
        int maxImageWidth) {
    private static final String AUTO = "auto";

    /**
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    UpstreamOptions upstream(HttpSettings http) {
        UpstreamOptions.Builder options = http.to(baseUrl).errors(OpenAiErrors.RULES);
        header(options, "Authorization", apiKey.isBlank() ? "" : "Bearer " + apiKey.strip());
        header(options, "OpenAI-Organization", organization);
        header(options, "OpenAI-Project", project);
        return options.build();
    }

    private static void header(UpstreamOptions.Builder options, String name, String value) {
        if (!value.isBlank()) {
            options.header(name, value.strip());
        }
    }

    OpenAiOptions options() {
        return OpenAiOptions.builder()
                .models(models)
                .maxTokens(maxTokens)
                .chatLimitField(chatLimitField())
                .developer(developer())
                .extendedSampling(extendedSampling)
                .forwardParameters(forwardParameters)
                .returnReasoning(returnReasoning)
                .streamUsage(streamUsage)
                .embeddingFormat(embeddingFormat)
                .imageLimit(new ImageLimit(maxImageWidth))
                .build();
    }

    private String chatLimitField() {
        if (!maxTokensField.equals(AUTO)) {
            return maxTokensField;
        }
        return isOpenAi() ? "max_completion_tokens" : "max_tokens";
    }

    private String developer() {
        if (!developerRole.equals(AUTO)) {
            return developerRole;
        }
        return isOpenAi() ? "developer" : "system";
    }

    private boolean isOpenAi() {
        return baseUrl.strip().toLowerCase(Locale.ROOT).startsWith("https://api.openai.com/");
    }

    /** The address only: values may be secrets. */
    @Override
    public String toString() {
        return "OpenAiSettings[" + baseUrl.replaceAll("//[^/@]*@", "//***@") + "]";
    }
}
