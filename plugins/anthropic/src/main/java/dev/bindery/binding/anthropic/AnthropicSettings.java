package dev.bindery.binding.anthropic;

import dev.bindery.api.BindingException;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UpstreamOptions;
import java.util.List;

/** The instance's settings; config.yaml says what each is for. */
record AnthropicSettings(
        String apiKey,
        String baseUrl,
        String anthropicVersion,
        List<String> anthropicBeta,
        List<String> models,
        int maxTokens,
        String thinking,
        String systemTurns,
        List<String> forwardParameters,
        int maxImageWidth) {
    /**
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    UpstreamOptions upstream(HttpSettings http) {
        UpstreamOptions.Builder options = http.to(address()).errors(AnthropicErrors.RULES);
        options.header("anthropic-version", anthropicVersion.strip());
        if (!apiKey.isBlank()) {
            options.header("x-api-key", apiKey.strip());
        }
        return options.build();
    }

    /** Other clients of this API want the address without its version, some people write it. */
    private String address() {
        return baseUrl.strip().replaceFirst("/v1/?$", "");
    }

    ImageLimit imageLimit() {
        return new ImageLimit(maxImageWidth);
    }

    /** Whether the model takes an effort instead of a budget. */
    boolean adaptive(ClaudeModel model) {
        return thinking.equals("auto") ? model.adaptive() : thinking.equals("adaptive");
    }

    /** Whether the model takes instructions between the turns. */
    boolean systemTurns(ClaudeModel model) {
        return systemTurns.equals("auto") ? model.systemTurns() : systemTurns.equals("keep");
    }

    /** The address only: values may be secrets. */
    @Override
    public String toString() {
        return "AnthropicSettings[" + baseUrl.replaceAll("//[^/@]*@", "//***@") + "]";
    }
}
