package dev.bindery.binding.openai;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.http.UpstreamOptions;
import java.net.URI;
import java.time.Duration;
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
        double connectTimeout,
        double firstByteTimeout,
        double idleTimeout,
        int maxRetries,
        double maxRetryWait,
        String proxy,
        String proxyCredentials,
        boolean verifyTls,
        JsonObject extraHeaders) {
    private static final String AUTO = "auto";

    /**
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    UpstreamOptions upstream() {
        UpstreamOptions.Builder options =
                UpstreamOptions.builder(baseUrl)
                        .connectTimeout(seconds(connectTimeout))
                        .firstByteTimeout(seconds(firstByteTimeout))
                        .idleTimeout(seconds(idleTimeout))
                        .maxRetries(maxRetries)
                        .maxRetryWait(seconds(maxRetryWait))
                        .verifyTls(verifyTls)
                        .errors(OpenAiErrors.RULES);
        header(options, "Authorization", apiKey.isBlank() ? "" : "Bearer " + apiKey.strip());
        header(options, "OpenAI-Organization", organization);
        header(options, "OpenAI-Project", project);
        extraHeaders.fields().forEach((name, value) -> options.header(name, text(name, value)));
        if (!proxy.isBlank()) {
            options.proxy(proxyAddress(), proxyCredentials);
        }
        return options.build();
    }

    private static void header(UpstreamOptions.Builder options, String name, String value) {
        if (!value.isBlank()) {
            options.header(name, value.strip());
        }
    }

    private static String text(String name, JsonValue value) {
        if (value instanceof JsonString text) {
            return text.value();
        }
        throw BindingException.invalidRequest(
                "extra_headers: the value of %s is not a text".formatted(name));
    }

    private URI proxyAddress() {
        try {
            return URI.create(proxy.strip());
        } catch (IllegalArgumentException _) {
            throw BindingException.invalidRequest(
                    "proxy: that is no address; it must look like http://host:port or socks5://host:port");
        }
    }

    /** What the limit of an answer's length is called in chats. */
    String chatLimitField() {
        if (!maxTokensField.equals(AUTO)) {
            return maxTokensField;
        }
        return isOpenAi() ? "max_completion_tokens" : "max_tokens";
    }

    /** The name of the role under which developers speak. */
    String developer() {
        if (!developerRole.equals(AUTO)) {
            return developerRole;
        }
        return isOpenAi() ? "developer" : "system";
    }

    private boolean isOpenAi() {
        return baseUrl.strip().toLowerCase(Locale.ROOT).startsWith("https://api.openai.com/");
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * 1000));
    }

    /** The names only: values may be secrets. */
    @Override
    public String toString() {
        return "OpenAiSettings[" + baseUrl.replaceAll("//[^/@]*@", "//***@") + "]";
    }
}
