package dev.bindery.binding.bedrock;

import dev.bindery.http.RequestSigner;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.SdkHttpFullRequest;
import software.amazon.awssdk.http.SdkHttpMethod;
import software.amazon.awssdk.http.SdkHttpRequest;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4FamilyHttpSigner;
import software.amazon.awssdk.http.auth.aws.signer.AwsV4HttpSigner;
import software.amazon.awssdk.http.auth.spi.signer.HttpSigner;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** AWS's signature, version 4, as its SDK makes it. Free for all threads. */
final class Signature implements RequestSigner {
    /** Host is sent as it is. */
    private static final Set<String> OURS =
            Set.of("authorization", "x-amz-date", "x-amz-security-token", "x-amz-content-sha256");

    private final AwsV4HttpSigner signer = AwsV4HttpSigner.create();
    private final Credentials credentials;
    private final String service;
    private final String region;
    private final Clock clock;
    private volatile @Nullable AwsCredentialsIdentity last;

    Signature(Credentials credentials, String service, String region, Clock clock) {
        this.credentials = credentials;
        this.service = service;
        this.region = region;
        this.clock = clock;
    }

    @Override
    public Map<String, String> headers(String method, URI address, byte[] body) {
        AwsCredentialsIdentity identity = credentials.identity();
        last = identity;
        SdkHttpRequest request =
                SdkHttpFullRequest.builder()
                        .method(SdkHttpMethod.fromValue(method))
                        .uri(address)
                        .build();
        SdkHttpRequest signed =
                signer.sign(sign ->
                                sign.identity(identity)
                                        .request(request)
                                        .payload(() -> new ByteArrayInputStream(body))
                                        .putProperty(
                                                AwsV4FamilyHttpSigner.SERVICE_SIGNING_NAME, service)
                                        .putProperty(AwsV4HttpSigner.REGION_NAME, region)
                                        .putProperty(HttpSigner.SIGNING_CLOCK, clock))
                        .request();
        Map<String, String> headers = new LinkedHashMap<>();
        signed.forEachHeader((name, values) -> {
            if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
                headers.put(name, values.getFirst());
            }
        });
        return headers;
    }

    /** What AWS repeats where it finds a signature wrong. */
    @Override
    public List<String> secrets() {
        return switch (last) {
            case null -> List.of();
            case AwsSessionCredentialsIdentity who ->
                    List.of(who.accessKeyId(), who.secretAccessKey(), who.sessionToken());
            case AwsCredentialsIdentity who -> List.of(who.accessKeyId(), who.secretAccessKey());
        };
    }

    /** No secrets. */
    @Override
    public String toString() {
        return "Signature[%s, %s]".formatted(service, region);
    }
}
