package dev.bindery.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.host.process.JvmCommand;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A worker answers nobody but its host. */
@Timeout(120)
class AuthorizationTest {
    @TempDir static Path folder;

    static Process worker;
    static int port;

    @BeforeAll
    static void start() throws IOException {
        worker =
                new ProcessBuilder(JvmCommand.ofThisHost("64m").line(folder))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        OutputStream in = worker.getOutputStream();
        in.write("{\"protocol\":1,\"secret\":\"right\"}\n".getBytes(UTF_8));
        in.flush();
        String handshake = worker.inputReader(UTF_8).readLine();
        Matcher matcher = Pattern.compile("\"port\":(\\d+)").matcher(handshake);
        assertThat(matcher.find()).isTrue();
        port = Integer.parseInt(matcher.group(1));
    }

    @AfterAll
    static void stop() {
        worker.destroyForcibly();
    }

    @ParameterizedTest
    @CsvSource({
        "POST, v1/calls/c1", "POST, v1/calls/c1/cancel", "DELETE, v1/calls/c1",
        "PUT, v1/blobs/c1.q1", "GET, v1/blobs/c1.q1", "GET, v1/events",
        "POST, v1/replies/r1", "GET, anything"
    })
    void whoDoesNotKnowTheSecretIsAnsweredNothingElse(String method, String path) throws Exception {
        assertThat(status(method, path, null)).isEqualTo(401);
        assertThat(status(method, path, "Bearer wrong")).isEqualTo(401);
        assertThat(status(method, path, "right")).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({"POST, v1/calls/c1/cancel, 204", "GET, anything, 404", "GET, v1/blobs/c1.q1, 400"})
    void whoKnowsItIsHeard(String method, String path, int status) throws Exception {
        assertThat(status(method, path, "Bearer right")).isEqualTo(status);
    }

    @Test
    void aCallThatWasBegunIsNotBegunAgain() throws Exception {
        assertThat(status("POST", "v1/calls/c7", "Bearer right")).isEqualTo(200);
        assertThat(status("POST", "v1/calls/c7", "Bearer right")).isEqualTo(409);
        assertThat(status("POST", "v1/calls/c8", "Bearer right")).isEqualTo(200);
    }

    private static int status(String method, String path, String authorization)
            throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/%s".formatted(port, path)))
                        .method(method, HttpRequest.BodyPublishers.ofString("{}"));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(request.build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }
}
