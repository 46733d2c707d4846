package dev.bindery.examples.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ConfigEntry;
import dev.bindery.api.ConfigTemplate;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.SettingType;
import dev.bindery.examples.TestContext;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RemoteBindingTest {
    private static final ConfigTemplate TEMPLATE =
            ConfigTemplate.of(
                    ConfigEntry.builder("base_url", SettingType.STR).build(),
                    ConfigEntry.builder("api_key", SettingType.STR).secret(true).build(),
                    ConfigEntry.builder("timeout_s", SettingType.INT).value(60).build());

    private final AtomicReference<String> asked = new AtomicReference<>("");
    private final AtomicReference<String> key = new AtomicReference<>("");
    private final RemoteBinding binding = new RemoteBinding();
    private HttpServer server;

    @BeforeEach
    void begin() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
        String address = "http://127.0.0.1:" + server.getAddress().getPort();
        TestContext context =
                TestContext.with(TEMPLATE, Map.of("base_url", address, "api_key", "k1"));
        binding.attach(context);
        binding.start(context);
    }

    @AfterEach
    void end() {
        binding.stop();
        server.stop(0);
    }

    @Test
    void theModelsAreThoseOfTheServer() throws Exception {
        answering("/models", 200, "small\nlarge\n");

        assertThat(binding.listModels()).containsExactly("small", "large");
    }

    @Test
    void theAnswerComesLineByLine() throws Exception {
        answering("/generate", 200, "one\ntwo\n");
        List<String> chunks = new ArrayList<>();

        String text = binding.generate(request(), operation -> chunks.add(operation.text())).text();

        assertThat(chunks).containsExactly("one\n", "two\n");
        assertThat(text).isEqualTo("one\ntwo\n");
        assertThat(asked.get()).isEqualTo("{\"model\":\"small\",\"prompt\":\"go\"}");
        assertThat(key.get()).isEqualTo("Bearer k1");
    }

    @Test
    void whoeverWantsNoMoreGetsWhatThereIs() throws Exception {
        answering("/generate", 200, "one\ntwo\n");

        assertThat(binding.generate(request(), o -> !o.text().equals("two\n")).text())
                .isEqualTo("one\n");
    }

    @Test
    void aLimitSaysWhenToTryAgain() {
        answering("/generate", 429, "");

        assertThatThrownBy(() -> binding.generate(request(), GenerationCallback.IGNORE))
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> {
                            assertThat(e.code()).isEqualTo(ErrorCode.RATE_LIMITED);
                            assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
                        });
    }

    @Test
    @Timeout(30)
    void aCallerThatGoesAwayBeforeTheFirstLineEndsTheCall() {
        CompletableFuture<Runnable> action = new CompletableFuture<>();
        server.createContext("/generate", _ -> action.join().run());
        Cancellation leaving =
                new Cancellation() {
                    @Override
                    public boolean isCancelled() {
                        return action.isDone();
                    }

                    @Override
                    public Registration onCancel(Runnable cancel) {
                        action.complete(cancel);
                        return () -> {};
                    }
                };

        assertThatThrownBy(() ->
                        binding.generate(
                                request().toBuilder().cancellation(leaving).build(),
                                GenerationCallback.IGNORE))
                .isInstanceOf(BindingException.class)
                .hasMessage("the request was cancelled");
    }

    @Test
    void anAddressWithoutASchemeIsRefused() {
        TestContext context = TestContext.with(TEMPLATE, Map.of("base_url", "localhost/x"));

        assertThatThrownBy(() -> new RemoteBinding().start(context))
                .isInstanceOf(BindingException.class)
                .hasMessage("base_url: begin with http:// or https://");
    }

    private static GenerationRequest request() {
        return GenerationRequest.prompt("small", "go").build();
    }

    private void answering(String path, int status, String body) {
        server.createContext(
                path,
                exchange -> {
                    asked.set(
                            new String(
                                    exchange.getRequestBody().readAllBytes(),
                                    StandardCharsets.UTF_8));
                    key.set(exchange.getRequestHeaders().getFirst("Authorization"));
                    exchange.getResponseHeaders().set("Retry-After", "7");
                    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
                    exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
                    exchange.getResponseBody().write(bytes);
                    exchange.close();
                });
    }
}
