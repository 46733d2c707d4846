package dev.bindery.binding.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

/** Credentials that containers and machines are lent, from services in the form of AWS's. */
class RoleTest {
    private static final String LENT =
            """
            {"Code": "Success", "RoleArn": "arn:aws:iam::1:role/r", "AccessKeyId": "ASIALENT",
             "SecretAccessKey": "lent-secret", "Token": "lent-token",
             "Expiration": "2030-01-01T06:00:00Z"}
            """;
    private static final String FULL = "AWS_CONTAINER_CREDENTIALS_FULL_URI";

    @TempDir Path folder;
    private final Map<String, String> variables = new HashMap<>();
    private MockWebServer server;

    @BeforeEach
    void start() throws IOException {
        server = new MockWebServer();
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private void answers(int status, String body) {
        server.enqueue(new MockResponse.Builder().code(status).body(body).build());
    }

    private Renewed.Lent container() {
        return new ContainerRole(variables, new Metadata()).get();
    }

    private Renewed.Lent machine() {
        variables.put("AWS_EC2_METADATA_SERVICE_ENDPOINT", server.url("/").toString());
        return new MachineRole(variables, new Metadata()).get();
    }

    private static void assertLent(Renewed.Lent lent) {
        AwsSessionCredentialsIdentity who = (AwsSessionCredentialsIdentity) lent.identity();
        assertThat(who.accessKeyId()).isEqualTo("ASIALENT");
        assertThat(who.secretAccessKey()).isEqualTo("lent-secret");
        assertThat(who.sessionToken()).isEqualTo("lent-token");
        assertThat(lent.until()).isEqualTo("2030-01-01T06:00:00Z");
        assertThat(lent.toString()).doesNotContain("lent-");
    }

    @Test
    void aContainersRoleIsAskedForWithTheTokenOfItsFileAsItIsNow() throws Exception {
        Path file = Files.writeString(folder.resolve("token"), "first\n");
        variables.put(FULL, server.url("/v1/credentials?id=7").toString());
        variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN_FILE", file.toString());
        variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "not this one");
        answers(200, LENT);
        answers(200, LENT);

        assertLent(container());
        Files.writeString(file, "second");
        assertLent(container());

        RecordedRequest asked = server.takeRequest();
        assertThat(asked.getTarget()).isEqualTo("/v1/credentials?id=7");
        assertThat(asked.getHeaders().get("Authorization")).isEqualTo("first");
        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("second");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.7/credentials",
                "http://169.254.169.254/latest",
                "http://[fd00:ec2::254]/x",
                "not an address"
            })
    void aContainersAddressIsOneThatSdksAllow(String address) {
        variables.put(FULL, address);

        assertThatThrownBy(this::container)
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED))
                .hasMessageContaining(FULL);
    }

    @Test
    void aTokenThatWouldBeTwoHeadersIsRefused() {
        variables.put(FULL, server.url("/").toString());
        variables.put("AWS_CONTAINER_AUTHORIZATION_TOKEN", "a\r\nX-More: b");

        assertThatThrownBy(this::container).hasMessageContaining("line break");
        assertThat(server.getRequestCount()).isZero();
    }

    @Test
    void withoutItsVariablesThereIsNoContainersRole() {
        assertThatThrownBy(this::container)
                .hasMessageContaining("neither AWS_CONTAINER_CREDENTIALS_RELATIVE_URI nor");
    }

    @Test
    void aMachinesRoleIsAskedForWithATokenAtEveryStep() throws Exception {
        answers(200, "imds-token");
        answers(200, "the-role\nanother");
        answers(200, LENT);

        assertLent(machine());

        RecordedRequest token = server.takeRequest();
        assertThat(token.getMethod()).isEqualTo("PUT");
        assertThat(token.getTarget()).isEqualTo("/latest/api/token");
        assertThat(token.getHeaders().get("X-aws-ec2-metadata-token-ttl-seconds")).isNotEmpty();
        String roles = "/latest/meta-data/iam/security-credentials/";
        for (String path : new String[] {roles, roles + "the-role"}) {
            RecordedRequest asked = server.takeRequest();
            assertThat(asked.getTarget()).isEqualTo(path);
            assertThat(asked.getHeaders().get("X-aws-ec2-metadata-token")).isEqualTo("imds-token");
        }
    }

    @Test
    void aMachineWithoutARoleIsSaidSoAndABusyServiceIsAskedAgain() {
        answers(503, "");
        answers(200, "imds-token");
        answers(404, "");

        assertThatThrownBy(this::machine)
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED))
                .hasMessageContaining("it answered 404; give the machine or container a role");
    }

    @Test
    void aServiceThatIsNotThereRefusesOrAnswersNonsenseIsAFailureWithoutSecrets() {
        answers(403, "forbidden lent-secret");
        assertThatThrownBy(this::machine)
                .hasMessageContaining("it answered 403")
                .hasMessageNotContaining("lent-secret");
        answers(200, "imds-token");
        answers(200, "role");
        answers(200, "{\"Code\": \"Failed\"}");
        assertThatThrownBy(this::machine).hasMessageContaining("without an AccessKeyId");
        server.close();
        assertThatThrownBy(this::machine)
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.UPSTREAM_UNAVAILABLE))
                .hasMessageContaining("does Bindery run in AWS");
    }

    @Test
    void aRedirectIsNotFollowed() {
        server.enqueue(
                new MockResponse.Builder()
                        .code(302)
                        .addHeader("Location", "http://192.0.2.7/")
                        .build());

        assertThatThrownBy(this::machine).hasMessageContaining("it answered 302");
        assertThat(server.getRequestCount()).isEqualTo(1);
    }

    @Test
    void whoSwitchedTheMetadataServiceOffIsHeard() {
        variables.put("AWS_EC2_METADATA_DISABLED", "TRUE");

        assertThatThrownBy(this::machine).hasMessageContaining("AWS_EC2_METADATA_DISABLED is true");
        assertThat(server.getRequestCount()).isZero();
    }
}
