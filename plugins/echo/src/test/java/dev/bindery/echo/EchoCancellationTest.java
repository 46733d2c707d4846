package dev.bindery.echo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.api.Operation;
import dev.bindery.fixture.TestContext;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class EchoCancellationTest {
    private static final int TEN_MINUTES = 600_000;

    private final Switch cancellation = new Switch();
    private final GenerationRequest request =
            GenerationRequest.chat("echo", List.of(Message.user("one two three")))
                    .cancellation(cancellation)
                    .build();

    @Test
    void aWaitForTheFirstPieceEndsAtOnce() throws Exception {
        EchoBinding echo =
                TestContext.started(new EchoBinding(), Map.of("first_token_delay_ms", TEN_MINUTES));
        FutureTask<GenerationResult> call = begin(echo, new Ear());
        awaitWaiting();

        cancellation.cancel();

        assertThatThrownBy(() -> call.get(10, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        BindingException.class,
                        e -> assertThat(e.code()).isEqualTo(ErrorCode.CANCELLED));
        assertThat(cancellation.actions).isEmpty();
    }

    @Test
    void aWaitBetweenPiecesEndsAtOnceWithWhatThereIs() throws Exception {
        EchoBinding echo = TestContext.started(new EchoBinding(), Map.of("delay_ms", 60_000));
        Ear ear =
                new Ear() {
                    @Override
                    public boolean on(Operation operation) {
                        boolean heard = super.on(operation);
                        cancellation.cancel();
                        return heard;
                    }
                };

        GenerationResult result = begin(echo, ear).get(10, TimeUnit.SECONDS);

        assertThat(result.text()).isEqualTo("one ");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(result.usage().orElseThrow().outputTokens()).hasValue(1);
        assertThat(cancellation.actions).isEmpty();
    }

    @Test
    void whoeverWantsNoMoreGetsNoMore() throws Exception {
        Ear ear = new Ear(2);

        GenerationResult result =
                TestContext.started(new EchoBinding(), Map.of()).generate(request, ear);

        assertThat(result.text()).isEqualTo("one two ");
        assertThat(result.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
    }

    @Test
    void whatIsCancelledBeforehandSaysNothing() {
        Ear ear = new Ear();
        cancellation.cancel();

        assertThatThrownBy(() ->
                        TestContext.started(new EchoBinding(), Map.of()).generate(request, ear))
                .isInstanceOf(BindingException.class)
                .hasMessage("the request was cancelled");
        assertThat(ear.operations).isEmpty();
    }

    private FutureTask<GenerationResult> begin(EchoBinding echo, Ear ear) {
        FutureTask<GenerationResult> call = new FutureTask<>(() -> echo.generate(request, ear));
        Thread.ofVirtual().start(call);
        return call;
    }

    private void awaitWaiting() throws InterruptedException {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (cancellation.actions.isEmpty() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(cancellation.actions).isNotEmpty();
    }
}
