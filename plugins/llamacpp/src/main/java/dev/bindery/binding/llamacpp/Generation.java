package dev.bindery.binding.llamacpp;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Prompt;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executor;

/** One answer of a loaded model. For one thread. */
final class Generation {
    private final Engine engine;
    private final GenerationRequest request;
    private final int[] prompt;
    private final int maxTokens;

    /**
     * @throws BindingException CONTEXT_LENGTH_EXCEEDED when the prompt leaves no room for an answer
     */
    Generation(Engine engine, GenerationRequest request, int defaultMaxTokens) {
        this.engine = engine;
        this.request = request;
        if (request.prompt().flatMap(Prompt::suffix).isPresent()) {
            throw BindingException.unsupported("filling a gap before a suffix is not offered here");
        }
        prompt = engine.tokens(request.input());
        if (prompt.length == 0) {
            throw BindingException.invalidRequest("the prompt is empty");
        }
        int room = engine.context() - prompt.length;
        if (room < 1) {
            throw new BindingException(
                    ErrorCode.CONTEXT_LENGTH_EXCEEDED,
                    "the prompt has %d tokens and leaves no room for an answer: %s holds %d together. Shorten it, or raise the setting context_length if the model was trained for more"
                            .formatted(prompt.length, engine.model().name(), engine.context()));
        }
        maxTokens = Math.min(room, request.maxTokens().orElse(defaultMaxTokens));
    }

    /**
     * @param lease of the engine; closed when the native library has done, which may be later
     * @param done closes it
     */
    GenerationResult run(
            Engines.Lease lease, Runnable done, GenerationCallback callback, Executor executor)
            throws InterruptedException {
        Pump pump = start(lease, done, executor);
        try (Cancellation.Registration _ = request.cancellation().onCancel(pump::stop)) {
            Answer answer =
                    new Answer(
                            callback,
                            request.sampling().stop(),
                            prompt.length,
                            maxTokens,
                            lease.loadTime());
            if (request.prompt().map(Prompt::echo).orElse(false)) {
                answer.say(promptText());
            }
            return take(pump, answer);
        } finally {
            pump.stop();
        }
    }

    private Pump start(Engines.Lease lease, Runnable done, Executor executor)
            throws InterruptedException {
        boolean started = false;
        Slots.Slot slot = null;
        try {
            CompletionJson json =
                    new CompletionJson(request, engine.opening().always(), engine.context());
            slot = engine.slots().take(prompt, request.cancellation());
            Pump pump =
                    new Pump(
                            lease,
                            slot,
                            prompt,
                            json.answer(prompt, slot.id(), maxTokens),
                            request.sampling().seed().isPresent(),
                            done);
            executor.execute(pump);
            started = true;
            return pump;
        } finally {
            if (!started) {
                if (slot != null) {
                    engine.slots().release(slot);
                }
                done.run();
            }
        }
    }

    private GenerationResult take(Pump pump, Answer answer) throws InterruptedException {
        while (true) {
            Pump.Event event = pump.next();
            if (request.cancellation().isCancelled()) {
                return answer.cancelled();
            }
            switch (event) {
                case Pump.Text(String text) -> {
                    if (!answer.add(text, tokens(text))) {
                        return answer.finished();
                    }
                }
                case Pump.End() -> {
                    return answer.finished();
                }
                case Pump.Failure(Throwable cause) -> throw failure(cause);
            }
        }
    }

    /** A character of several bytes may have been several tokens, which come as one piece. */
    private int tokens(String piece) {
        boolean plain = piece.length() == piece.getBytes(StandardCharsets.UTF_8).length;
        return plain ? 1 : Math.max(1, engine.llama().tokens(piece).length);
    }

    private String promptText() {
        return request.prompt().flatMap(Prompt::text).orElseGet(() -> engine.llama().text(prompt));
    }

    private static BindingException failure(Throwable cause) {
        return cause instanceof BindingException known
                ? known
                : new BindingException(ErrorCode.INTERNAL, "generating failed: " + cause, cause);
    }
}
