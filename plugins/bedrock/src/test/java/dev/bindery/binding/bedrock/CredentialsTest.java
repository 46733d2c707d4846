package dev.bindery.binding.bedrock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.Message;
import dev.bindery.fixture.Ear;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import software.amazon.awssdk.identity.spi.AwsSessionCredentialsIdentity;

class CredentialsTest {
    private static final String SHARED =
            """
            # of the tests
            [default]
            aws_access_key_id = AKIDDEFAULT
            aws_secret_access_key = default-key-of-the-file

            [ work ]
            aws_access_key_id=AKIDWORK
            aws_secret_access_key=key=with=signs
            aws_session_token=token-of-the-file
            [half]
            aws_access_key_id=AKIDHALF
            """;

    @TempDir Path folder;

    private Path file() throws Exception {
        return Files.writeString(folder.resolve("credentials"), SHARED);
    }

    @Test
    void aProfileOfTheSharedFileIsRead() throws Exception {
        AwsCredentialsIdentity usual = Credentials.ofProfile(file(), "default").identity();
        assertThat(usual.accessKeyId()).isEqualTo("AKIDDEFAULT");
        assertThat(usual.secretAccessKey()).isEqualTo("default-key-of-the-file");
        AwsCredentialsIdentity work = Credentials.ofProfile(file(), "work").identity();
        assertThat(work.secretAccessKey()).isEqualTo("key=with=signs");
        assertThat(((AwsSessionCredentialsIdentity) work).sessionToken())
                .isEqualTo("token-of-the-file");
    }

    @Test
    void theVariablesOfAwssToolsAreRead() {
        AwsCredentialsIdentity who =
                Credentials.ofEnvironment(
                                Map.of(
                                        "AWS_ACCESS_KEY_ID",
                                        "AKIDENV",
                                        "AWS_SECRET_ACCESS_KEY",
                                        "k"))
                        .identity();
        assertThat(who.accessKeyId()).isEqualTo("AKIDENV");
        assertThat(who).isNotInstanceOf(AwsSessionCredentialsIdentity.class);
    }

    @Test
    void whatIsMissingIsSaidWithoutWhatIsThere() throws Exception {
        Path file = file();
        refused(Credentials.ofProfile(file, "half"), "the profile half in " + file);
        refused(Credentials.ofProfile(file, "nobody"), "the profile nobody in " + file);
        refused(Credentials.ofProfile(folder.resolve("none"), "default"), "cannot be read");
        refused(
                Credentials.ofEnvironment(Map.of("AWS_SECRET_ACCESS_KEY", "hidden")),
                "AWS_ACCESS_KEY_ID");
    }

    private static void refused(Credentials credentials, String why) {
        assertThatThrownBy(credentials::identity)
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.NOT_CONFIGURED))
                .hasMessageContaining(why)
                .hasMessageNotContainingAny("AKIDHALF", "hidden");
    }

    @Test
    void requestsAreSignedWithTheProfileAsItIsNow() throws Exception {
        Path file = file();
        Map<String, Object> settings =
                Map.of(
                        "access_key_id", "",
                        "secret_access_key", "",
                        "session_token", "",
                        "credentials", "profile",
                        "credentials_file", file.toString());
        try (Provider provider = new Provider(settings)) {
            assertThat(authorization(provider)).contains("Credential=AKIDDEFAULT/");
            Files.writeString(file, SHARED.replace("AKIDDEFAULT", "AKIDRENEWED"));
            assertThat(authorization(provider)).contains("Credential=AKIDRENEWED/");
        }
    }

    /** Of a request that the provider refuses, repeating what was secret in it, as AWS does. */
    private static String authorization(Provider provider) throws Exception {
        provider.fails(403, "SignatureDoesNotMatch", "signed by default-key-of-the-file");
        GenerationRequest request =
                GenerationRequest.chat("amazon.nova", List.of(Message.user("hi"))).build();
        assertThatThrownBy(() -> provider.binding().generate(request, new Ear()))
                .isInstanceOf(BindingException.class)
                .hasMessageContaining("signed by ***");
        return String.valueOf(provider.server().takeRequest().getHeaders().get("Authorization"));
    }
}
