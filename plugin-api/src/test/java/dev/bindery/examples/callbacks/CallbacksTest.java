package dev.bindery.examples.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class CallbacksTest {
    private static final GenerationRequest REQUEST =
            GenerationRequest.prompt("engine", "one two three four").maxTokens(2).build();

    @Test
    void chunksAreTheAnswer() {
        assertThat(
                        printed(
                                Listeners::showingText,
                                callback -> new BasicStreaming().generate(REQUEST, callback)))
                .isEqualTo("one two three four");
        GenerationResult stopped = new BasicStreaming().generate(REQUEST, _ -> false);
        assertThat(stopped.first().finishReason()).isEqualTo(FinishReason.CANCELLED);
        assertThat(stopped.text()).isEmpty();
    }

    @Test
    void aCorrectionReplacesTheLastChunk() {
        GenerationResult result =
                new CorrectedStreaming().generate(REQUEST, GenerationCallback.IGNORE);

        assertThat(result.text()).isEqualTo("I like cats\nAnd dogs");
    }

    @Test
    void progressIsShownUpToTheLimit() {
        assertThat(
                        printed(
                                Listeners::showingProgress,
                                callback -> new ProgressStreaming().generate(REQUEST, callback)))
                .isEqualToNormalizingNewlines("Progress: 50%\nProgress: 100%\n");
        assertThat(
                        new ProgressStreaming()
                                .generate(REQUEST, GenerationCallback.IGNORE)
                                .first()
                                .finishReason())
                .isEqualTo(FinishReason.LENGTH);
    }

    private static String printed(
            Function<PrintStream, GenerationCallback> listener,
            Function<GenerationCallback, GenerationResult> call) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        PrintStream out = new PrintStream(bytes, true, StandardCharsets.UTF_8);
        var _ = call.apply(listener.apply(out));
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
