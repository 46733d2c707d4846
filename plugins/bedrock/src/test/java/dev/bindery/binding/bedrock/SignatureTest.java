package dev.bindery.binding.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.fixture.Ear;
import dev.bindery.fixture.TestContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/**
 * Signatures against known answers. These were computed apart, with HMAC and SHA-256 alone, by the
 * description of the algorithm; the same computation yields what AWS's test suite publishes for
 * get-vanilla and post-vanilla, which do not sign the body's digest as a header.
 */
class SignatureTest {
    private static final Clock THEN =
            Clock.fixed(Instant.parse("2015-08-30T12:36:00Z"), ZoneOffset.UTC);
    private static final String KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";

    private static Map<String, String> headers(
            AwsCredentialsIdentity who,
            String service,
            String method,
            String address,
            String body) {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        headers.putAll(
                new Signature(() -> who, service, "us-east-1", THEN)
                        .headers(
                                method,
                                URI.create(address),
                                body.getBytes(StandardCharsets.UTF_8)));
        return headers;
    }

    private static String authorization(String service, String names, String signature) {
        return "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/%s/aws4_request, SignedHeaders=%s, Signature=%s"
                .formatted(service, names, signature);
    }

    @Test
    void theVanillaRequestsOfAwssSuiteAreSigned() {
        AwsCredentialsIdentity who = AwsCredentialsIdentity.create("AKIDEXAMPLE", KEY);

        assertThat(headers(who, "service", "GET", "https://example.amazonaws.com/", ""))
                .containsEntry("X-Amz-Date", "20150830T123600Z")
                .containsEntry(
                        "Authorization",
                        authorization(
                                "service",
                                "host;x-amz-content-sha256;x-amz-date",
                                "726c5c4879a6b4ccbbd3b24edbd6b8826d34f87450fbbf4e85546fc7ba9c1642"));
        assertThat(headers(who, "service", "POST", "https://example.amazonaws.com/", ""))
                .containsEntry(
                        "Authorization",
                        authorization(
                                "service",
                                "host;x-amz-content-sha256;x-amz-date",
                                "3ad5e249949a59b862eedd9f1bf1ece4693c3042bf860ef5e3351b8925316f98"));
    }

    @Test
    void aModelsAddressAndASessionsTokenAreSigned() {
        assertThat(
                        headers(
                                AwsSessionCredentialsIdentity.create(
                                        "AKIDEXAMPLE", KEY, "session/token=="),
                                "bedrock",
                                "POST",
                                "https://bedrock-runtime.us-east-1.amazonaws.com/model/amazon.nova-pro-v1%3A0/converse",
                                "{\"a\":\"ü\"}"))
                .containsEntry("X-Amz-Security-Token", "session/token==")
                .containsEntry(
                        "Authorization",
                        authorization(
                                "bedrock",
                                "host;x-amz-content-sha256;x-amz-date;x-amz-security-token",
                                "286907c353017fb3db39ed1df06d0cdd97faf7c00895e084aa700bf77b090b89"));
    }

    @Test
    void parametersAreSigned() {
        assertThat(
                        headers(
                                AwsCredentialsIdentity.create("AKIDEXAMPLE", KEY),
                                "bedrock",
                                "GET",
                                "https://bedrock.us-east-1.amazonaws.com/inference-profiles?maxResults=1000&nextToken=a%2Bb",
                                ""))
                .containsEntry(
                        "Authorization",
                        authorization(
                                "bedrock",
                                "host;x-amz-content-sha256;x-amz-date",
                                "95372592039b4f90ac00dd4d826340c7ae382a2dd718072daabca464177f936d"));
    }

    @Test
    void whatIsSentIsWhatWasSigned() throws Exception {
        try (Provider provider = new Provider()) {
            provider.streams(Frames.hello());
            provider.binding().generate(request("m:0"), new Ear());

            RecordedRequest request = provider.request();
            String date = request.getHeaders().get("X-Amz-Date");
            Clock clock =
                    Clock.fixed(
                            Instant.parse(
                                    date.replaceFirst(
                                            "(....)(..)(..)T(..)(..)(..)Z", "$1-$2-$3T$4:$5:$6Z")),
                            ZoneOffset.UTC);
            assertThat(request.getHeaders().get("Authorization"))
                    .isEqualTo(
                            new Signature(
                                            () ->
                                                    AwsSessionCredentialsIdentity.create(
                                                            "AKIDEXAMPLE",
                                                            Provider.SECRET,
                                                            Provider.TOKEN),
                                            "bedrock",
                                            "us-east-1",
                                            clock)
                                    .headers(
                                            "POST",
                                            URI.create(
                                                    "http://%s%s"
                                                            .formatted(
                                                                    request.getHeaders()
                                                                            .get("Host"),
                                                                    request.getTarget())),
                                            request.getBody().toByteArray())
                                    .get("Authorization"));
        }
    }

    @Test
    void anApiKeyIsSentAsItIs() throws Exception {
        try (Provider provider = new Provider(Map.of("api_key", "bedrock-api-key"))) {
            provider.streams(Frames.hello());
            provider.binding().generate(request("m"), new Ear());

            RecordedRequest request = provider.request();
            assertThat(request.getHeaders().get("Authorization"))
                    .isEqualTo("Bearer bedrock-api-key");
            assertThat(request.getHeaders().get("X-Amz-Date")).isNull();
        }
    }

    @Test
    void withoutCredentialsNothingIsSent() {
        BedrockBinding binding =
                TestContext.started(new BedrockBinding(), Map.of("region", "us-east-1"));

        assertThatThrownBy(() -> binding.generate(request("m"), new Ear()))
                .hasMessageContaining("access_key_id")
                .extracting("code")
                .isEqualTo(ErrorCode.NOT_CONFIGURED);
        binding.stop();
    }

    @ParameterizedTest
    @ValueSource(strings = {"..", ".", "a?b", "a b", "", "%2e", "../x"})
    void whatIsNoModelsNameIsAskedOfNobody(String name) throws Exception {
        try (Provider provider = new Provider()) {
            assertThatThrownBy(() -> provider.binding().generate(request(name), new Ear()))
                    .extracting("code")
                    .isEqualTo(ErrorCode.MODEL_NOT_FOUND);
            assertThat(provider.server().getRequestCount()).isZero();
        }
    }

    private static GenerationRequest request(String model) {
        return GenerationRequest.chat(model, List.of(Message.user("Hi"))).streaming(true).build();
    }
}
