package dev.bindery.distribution.sequence;

import dev.bindery.api.Answer;
import dev.bindery.api.BindingContext;
import dev.bindery.api.BindingException;
import dev.bindery.api.FinishReason;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.LlmBinding;
import dev.bindery.api.TypedConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Answers with a sequence of pieces that follows from the prompt, each of which begins with its
 * {@link Origin}. The setting {@code live} is applied at once, {@code fresh} needs a fresh
 * instance, and {@code live: refused} is refused. A version whose last number is 13 does not start.
 */
public final class SequenceBinding extends LlmBinding {
    private static final String LOADER = UUID.randomUUID().toString().substring(0, 8);

    private volatile String fresh = "";
    private volatile String live = "";

    @Override
    public void start(BindingContext context) throws IOException {
        String version = context.card().version();
        if (version.endsWith(".13")) {
            throw new IllegalStateException("13 brings bad luck");
        }
        accept(context.config());
        Path starts = context.dataDirectory().resolve("starts");
        Files.writeString(
                starts, version + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    @Override
    public boolean settingsUpdated(TypedConfig updated) {
        if (updated.string("live").equals("refused")) {
            throw BindingException.invalidRequest("this value is refused");
        }
        if (!updated.string("fresh").equals(fresh)) {
            return false;
        }
        accept(updated);
        return true;
    }

    private void accept(TypedConfig config) {
        fresh = config.string("fresh");
        live = config.string("live");
    }

    @Override
    public List<String> listModels() {
        return List.of("m");
    }

    @Override
    public GenerationResult generate(GenerationRequest request, GenerationCallback callback)
            throws InterruptedException {
        String prompt = request.chat().orElseThrow().messages().getLast().text();
        Sequence sequence = Sequence.parse(prompt);
        String origin =
                new Origin(context().card().version(), LOADER, context().instance(), live, fresh)
                        .toString();
        Answer answer = new Answer(callback);
        CountDownLatch cancelled = new CountDownLatch(1);
        try (var _ = request.cancellation().onCancel(cancelled::countDown)) {
            for (int i = 0; i < sequence.pieces(); i++) {
                if (cancelled.await(sequence.pauseMillis(), TimeUnit.MILLISECONDS)
                        || !answer.chunk(sequence.piece(origin, i))) {
                    return answer.result(FinishReason.CANCELLED);
                }
            }
        }
        return answer.result(FinishReason.STOP);
    }
}
