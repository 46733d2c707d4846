package dev.bindery.distribution.walk;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationRequest;
import dev.bindery.api.GenerationResult;
import dev.bindery.api.Message;
import dev.bindery.distribution.sequence.Origin;
import dev.bindery.distribution.sequence.Sequence;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.Host;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A call that was made and is being answered, while something else happens. */
final class OpenCall {
    private static final int PATIENCE_SECONDS = 60;

    private final String instance;
    private final Sequence asked;
    private final CancellationSource cancellation = new CancellationSource();
    private final CountDownLatch begun = new CountDownLatch(1);
    private final StringBuilder pieces = new StringBuilder();
    private final CompletableFuture<GenerationResult> result = new CompletableFuture<>();

    private OpenCall(Host host, String instance, Sequence asked) {
        this.instance = instance;
        this.asked = asked;
        GenerationRequest request =
                GenerationRequest.chat(instance + "/m", List.of(Message.user(asked.prompt())))
                        .cancellation(cancellation)
                        .build();
        Thread.ofVirtual()
                .start(() -> {
                    try {
                        result.complete(
                                host.models()
                                        .generate(
                                                request,
                                                operation -> {
                                                    pieces.append(operation.text());
                                                    begun.countDown();
                                                    return true;
                                                }));
                    } catch (RuntimeException e) {
                        result.completeExceptionally(e);
                    } finally {
                        begun.countDown();
                    }
                });
    }

    /** Asks, and returns when the answer has begun. */
    static OpenCall begin(Host host, String instance, Sequence asked) throws InterruptedException {
        OpenCall call = new OpenCall(host, instance, asked);
        if (!call.begun.await(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError(instance + " did not begin to answer");
        }
        return call;
    }

    /** The whole answer's origin; fails when it is not whole. */
    Origin end() {
        String text = awaited().text();
        Origin origin = Origin.of(text);
        if (!text.equals(asked.text(origin.toString())) || !text.contentEquals(pieces)) {
            throw new AssertionError("not whole: %s; in pieces: %s".formatted(text, pieces));
        }
        return origin;
    }

    /** The answer ends, whole or because of what happened to its process. */
    void endSomehow() {
        try {
            end();
        } catch (BindingException e) {
            if (!e.code().equals(ErrorCode.UPSTREAM_UNAVAILABLE)) {
                throw e;
            }
        }
    }

    void cancel() {
        cancellation.cancel();
        try {
            awaited();
            throw new AssertionError("an answer without end was not cancelled");
        } catch (BindingException e) {
            if (!e.code().equals(ErrorCode.CANCELLED)) {
                throw e;
            }
        }
    }

    private GenerationResult awaited() {
        try {
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof BindingException told) {
                throw told;
            }
            throw new AssertionError(instance, e.getCause());
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(instance + " does not end its answer", e);
        }
    }
}
