package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonObject;
import dev.bindery.http.HttpSettings;
import dev.bindery.http.ImageLimit;
import dev.bindery.http.UpstreamOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;

/** The instance's settings; config.yaml says what each is for. */
record BedrockSettings(
        String region,
        String credentials,
        String profile,
        String credentialsFile,
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
    UpstreamOptions runtime(HttpSettings http, Credentials proof) {
        return options(http, proof, baseUrl, "https://bedrock-runtime.%s.%s");
    }

    /** Where models are listed. */
    UpstreamOptions control(HttpSettings http, Credentials proof) {
        return options(http, proof, controlUrl, "https://bedrock.%s.%s");
    }

    /**
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    private UpstreamOptions options(
            HttpSettings http, Credentials proof, String given, String usual) {
        String domain = region.startsWith("cn-") ? "amazonaws.com.cn" : "amazonaws.com";
        String address = given.isBlank() ? usual.formatted(region.strip(), domain) : given;
        UpstreamOptions.Builder options = http.to(address).errors(BedrockErrors.RULES);
        if (!apiKey.isBlank()) {
            options.header("Authorization", "Bearer " + apiKey.strip());
        } else {
            options.signer(new Signature(proof, SERVICE, region.strip(), Clock.systemUTC()));
        }
        return options.build();
    }

    /** Where the proof of who asks comes from; asks nobody yet. */
    Credentials source() {
        return switch (credentials) {
            case "container" ->
                    new Renewed(
                            new ContainerRole(System.getenv(), new Metadata()), Clock.systemUTC());
            case "machine" ->
                    new Renewed(
                            new MachineRole(System.getenv(), new Metadata()), Clock.systemUTC());
            case "environment" -> Credentials.ofEnvironment(System.getenv());
            case "profile" -> Credentials.ofProfile(file(), profile.strip());
            default -> Credentials.of(accessKeyId, secretAccessKey, sessionToken);
        };
    }

    private Path file() {
        return credentialsFile.isBlank()
                ? Path.of(System.getProperty("user.home"), ".aws", "credentials")
                : Path.of(credentialsFile.strip());
    }

    /**
     * @throws BindingException NOT_CONFIGURED where there is nothing to prove who asks
     */
    void require(Credentials proof) {
        if (apiKey.isBlank()) {
            var _ = proof.identity();
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
