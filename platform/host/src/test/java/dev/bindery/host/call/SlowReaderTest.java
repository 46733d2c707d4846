package dev.bindery.host.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.bindery.api.BindingException;
import dev.bindery.api.Chat;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.Message;
import dev.bindery.api.Threads;
import dev.bindery.host.AnswerSink;
import dev.bindery.host.Errand;
import dev.bindery.host.Limits;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class SlowReaderTest {
    private static final int PIECES = 2000;

    private final CountDownLatch refused = new CountDownLatch(1);
    private final List<String> read = new ArrayList<>();

    /** It goes on after it was refused, as a careless binding might. */
    private final LlmBinding binding =
            new LlmBinding() {
                @Override
                public GenerationResult generate(
                        GenerationRequest request, GenerationCallback callback) {
                    for (int i = 0; i < PIECES; i++) {
                        if (!callback.chunk(piece(i))) {
                            refused.countDown();
                        }
                    }
                    return GenerationResult.of("whatever there was");
                }

                @Override
                public List<String> listModels() {
                    return List.of("m");
                }
            };

    private static String piece(int i) {
        return "%06d".formatted(i) + "x".repeat(1000);
    }

    private GenerationResult call(Duration patience, AnswerSink sink) {
        BindingTask.Ending ending =
                new BindingTask.Ending() {
                    @Override
                    public void ended() {}

                    @Override
                    public void stuck() {}

                    @Override
                    public boolean mayInterrupt() {
                        return true;
                    }
                };
        GenerationRequest request =
                GenerationRequest.builder("m", Chat.of(Message.user("x"))).build();
        CallClock clock = new CallClock(Limits.defaults(1), Duration.ofMinutes(1));
        try (CallThreads threads =
                new CallThreads("slow", Threads.PLATFORM, getClass().getClassLoader())) {
            return new GenerationCall(
                            Errand.beginning(), binding, request, sink, clock, patience, ending)
                    .run(threads);
        }
    }

    /** What it has by then could be taken for the whole answer. */
    @Test
    void whoReadsNothingForTooLongHearsThatTheAnswerIsCutAndSeesNoGap() {
        AnswerSink sink =
                operation -> {
                    await();
                    return read.add(operation.text());
                };
        BindingException cut =
                catchThrowableOfType(
                        BindingException.class, () -> call(Duration.ofMillis(50), sink));
        assertThat(cut.code()).isEqualTo(ErrorCode.CANCELLED);
        assertThat(cut).hasMessageContaining("read nothing");
        assertThat(read).hasSizeBetween(1, PIECES - 1);
        for (int i = 0; i < read.size(); i++) {
            assertThat(read.get(i)).isEqualTo(piece(i));
        }
    }

    private void await() {
        try {
            assertThat(refused.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whoReadsInTimeHearsAll() {
        call(Duration.ofSeconds(30), operation -> read.add(operation.text()));
        assertThat(read).hasSize(PIECES);
    }
}
