package dev.bindery.binding.cohere;

import static dev.bindery.binding.cohere.Provider.events;
import static dev.bindery.binding.cohere.Provider.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.fixture.SilentServer;
import dev.bindery.fixture.TestCancellation;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who leave, and the provider who must notice. */
class StoppingTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final TestCancellation cancellation = new TestCancellation();

    @AfterEach
    void stop() {
        threads.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancellingBeforeAnyAnswerClosesTheProvidersConnection(boolean streaming) throws Exception {
        try (SilentServer server = new SilentServer(null)) {
            Future<GenerationResult> call = start(server, streaming, GenerationCallback.IGNORE);
            server.asked().get(10, TimeUnit.SECONDS);

            cancellation.cancel();

            server.clientGone().get(10, TimeUnit.SECONDS);
            assertCancelled(call);
        }
    }

    @Test
    void cancellingBeforeTheFirstTokenClosesTheProvidersConnection() throws Exception {
        try (SilentServer server = new SilentServer(": thinking\n\n")) {
            Future<GenerationResult> call = start(server, true, GenerationCallback.IGNORE);
            server.asked().get(10, TimeUnit.SECONDS);

            cancellation.cancel();

            server.clientGone().get(10, TimeUnit.SECONDS);
            assertCancelled(call);
        }
    }

    @Test
    void cancellingInTheMiddleReturnsWhatThereIs() throws Exception {
        CountDownLatch heard = new CountDownLatch(1);
        try (SilentServer server = new SilentServer(events(text("half")))) {
            Future<GenerationResult> call = start(server, true, _ -> count(heard));
            assertThat(heard.await(10, TimeUnit.SECONDS)).isTrue();

            cancellation.cancel();

            server.clientGone().get(10, TimeUnit.SECONDS);
            GenerationResult result = call.get(10, TimeUnit.SECONDS);
            assertThat(result.text()).isEqualTo("half");
            assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        }
    }

    @Test
    void aCallbackThatWantsNoMoreEndsTheProvidersWork() throws Exception {
        try (SilentServer server = new SilentServer(events(text("one"), text("two")))) {
            Future<GenerationResult> call =
                    start(server, true, operation -> !operation.text().equals("two"));

            server.clientGone().get(10, TimeUnit.SECONDS);
            GenerationResult result = call.get(10, TimeUnit.SECONDS);
            assertThat(result.text()).isEqualTo("one");
            assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        }
    }

    @Test
    void theTimeOfTheRequestEndsTheProvidersWork() throws Exception {
        try (SilentServer server = new SilentServer(null)) {
            CohereBinding binding = instance(server);
            GenerationRequest request = Provider.chat().timeLimit(Duration.ofMillis(300)).build();

            assertThatThrownBy(() -> binding.generate(request, GenerationCallback.IGNORE))
                    .isInstanceOfSatisfying(
                            BindingException.class,
                            e -> assertThat(e.code()).isEqualTo(ErrorCode.TIMEOUT));
            server.clientGone().get(10, TimeUnit.SECONDS);
        }
    }

    @Test
    void stoppingTheInstanceEndsItsCalls() throws Exception {
        try (SilentServer server = new SilentServer(null)) {
            CohereBinding binding = instance(server);
            Future<GenerationResult> call =
                    threads.submit(
                            () -> binding.generate(request(true), GenerationCallback.IGNORE));
            server.asked().get(10, TimeUnit.SECONDS);

            binding.stop();

            server.clientGone().get(10, TimeUnit.SECONDS);
            assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
                    .hasCauseInstanceOf(BindingException.class);
        }
    }

    private static CohereBinding instance(SilentServer server) {
        return Provider.instance(server.url(""), Map.of()).start(new CohereBinding());
    }

    private static boolean count(CountDownLatch latch) {
        latch.countDown();
        return true;
    }

    private Future<GenerationResult> start(
            SilentServer server, boolean streaming, GenerationCallback callback) throws Exception {
        CohereBinding binding = instance(server);
        return threads.submit(() -> binding.generate(request(streaming), callback));
    }

    private GenerationRequest request(boolean streaming) {
        return Provider.chat().streaming(streaming).cancellation(cancellation).build();
    }

    private static void assertCancelled(Future<GenerationResult> call) {
        assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
    }
}
