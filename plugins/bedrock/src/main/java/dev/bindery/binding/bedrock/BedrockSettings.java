package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.JsonObject;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UpstreamOptions;
import java.time.Clock;
import java.util.List;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** The instance's settings; config.yaml says what each is for. */
record BedrockSettings(
        String region,
        String accessKeyId,
        String secretAccessKey,
        String sessionToken,
        String apiKey,
        String baseUrl,
        String controlUrl,
        List<String> models,
        int maxTokens,
        String guardrailId,
        String guardrailVersion,
        JsonObject additionalFields,
        int maxImageWidth) {
    /** What both parts of Bedrock call themselves in signatures. */
    private static final String SERVICE = "bedrock";

    BedrockSettings {
        if (!region.strip().matches("[a-z0-9-]*")) {
            throw new IllegalArgumentException(
                    "region: \"%s\" is none; they look like us-east-1".formatted(region));
        }
        if (accessKeyId.isBlank() != secretAccessKey.isBlank()) {
            throw new IllegalArgumentException(
                    "access_key_id and secret_access_key: there is one without the other");
        }
    }

    /** Where models answer. */
    UpstreamOptions runtime(HttpSettings http) {
        return options(http, baseUrl, "https://bedrock-runtime.%s.%s");
    }

    /** Where models are listed. */
    UpstreamOptions control(HttpSettings http) {
        return options(http, controlUrl, "https://bedrock.%s.%s");
    }

    /**
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    private UpstreamOptions options(HttpSettings http, String given, String usual) {
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        String address = given.isBlank() ? usual.formatted(region.strip(), domain) : given;
        UpstreamOptions.Builder options = http.to(address).errors(BedrockErrors.RULES);
        if (!apiKey.isBlank()) {
            options.header("Authorization", "Bearer " + apiKey.strip());
        } else if (!accessKeyId.isBlank()) {
            options.signer(new Signature(identity(), SERVICE, region.strip(), Clock.systemUTC()));
            List.of(accessKeyId, secretAccessKey, sessionToken).stream()
                    .map(String::strip)
                    .forEach(options::secret);
        }
        return options.build();
    }

    private AwsCredentialsIdentity identity() {
        String id = accessKeyId.strip();
        String key = secretAccessKey.strip();
        return sessionToken.isBlank()
                ? AwsCredentialsIdentity.create(id, key)
                : AwsSessionCredentialsIdentity.create(id, key, sessionToken.strip());
    }

    /**
     * @throws BindingException NOT_CONFIGURED where there is nothing to prove who asks
     */
    void requireCredentials() {
        if (apiKey.isBlank() && accessKeyId.isBlank()) {
            throw new BindingException(
                    ErrorCode.NOT_CONFIGURED,
                    "Bedrock has no credentials: set access_key_id and secret_access_key, or api_key");
        }
    }

    ImageLimit imageLimit() {
        return new ImageLimit(maxImageWidth);
    }

    /** The region only: values may be secrets. */
    @Override
    public String toString() {
        return "BedrockSettings[" + region + "]";
    }
}
