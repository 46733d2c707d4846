package dev.bindery.distribution;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A binding that asks for virtual threads and then never lets go of them. */
class SpinningIT {
    private static final int MORE_THAN_PROCESSORS =
            2 * Runtime.getRuntime().availableProcessors() + 1;

    private static final String CARD =
            """
            id: spinning
            name: Spinning
            author: Tests
            version: 1.0.0
            description: Spins until it is cancelled
            url: https://example.org
            license: Apache-2.0
            threads: virtual
            """;

    private static final String SOURCE =
            """
            import dev.bindery.api.*;
            import java.util.List;
            public class Spinning extends LlmBinding {
                @Override public List<String> listModels() {
                    return List.of("m");
                }
                @Override public GenerationResult generate(GenerationRequest request, GenerationCallback callback) {
                    callback.chunk("spinning ");
                    while (!request.cancellation().isCancelled()) {
                        Thread.onSpinWait();
                    }
                    throw BindingException.cancelled();
                }
            }
            """;

    @TempDir Path folder;

    @Test
    void theOthersAreServedOn() throws Exception {
        try (LiveHost host = LiveHost.start(folder.resolve("home"));
                HttpClient clients = HttpClient.newHttpClient()) {
            Files.write(host.drop("spinning.jar"), SourceJar.of(CARD, "Spinning", SOURCE));
            Wait.until("it answers", () -> models(host).contains("spinning"));
            for (int i = 0; i < MORE_THAN_PROCESSORS; i++) {
                var _ = clients.sendAsync(spin(host), HttpResponse.BodyHandlers.ofInputStream());
            }
            Wait.until("all of them spin", () -> spinning(host) == MORE_THAN_PROCESSORS);
            for (int i = 0; i < 10; i++) {
                assertThat(host.post("/v1/chat/completions", body("echo/echo", false)).body())
                        .contains("hello");
            }
            assertThat(spinning(host)).isEqualTo(MORE_THAN_PROCESSORS);
            clients.shutdownNow();
        }
    }

    private static String models(LiveHost host) throws IOException, InterruptedException {
        return host.admin("GET", "instances").toString();
    }

    private static int spinning(LiveHost host) throws IOException, InterruptedException {
        return host.admin("GET", "instances/spinning").get("active_calls").asInt();
    }

    private static HttpRequest spin(LiveHost host) {
        return HttpRequest.newBuilder(URI.create(host.v1() + "/chat/completions"))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body("spinning/m", true)))
                .build();
    }

    private static String body(String model, boolean streamed) {
        return """
        {"model":"%s","stream":%s,"messages":[{"role":"user","content":"hello"}]}
        """
                .formatted(model, streamed);
    }
}
