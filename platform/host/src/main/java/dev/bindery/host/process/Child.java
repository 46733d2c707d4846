package dev.bindery.host.process;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.Errand;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;

/** One child process that has shaken hands. Calls may come from any thread. */
final class Child implements AutoCloseable {
    private static final Duration EXIT_PATIENCE = Duration.ofSeconds(1);

    private final Process process;
    private final ProcessTree tree;
    private final Path scratch;
    private final Handshake handshake;
    private final ChildClient client;
    private final BlobSpool spool;
    private final ProcessLimits limits;
    private final AtomicLong calls = new AtomicLong();
    private final Map<String, Errand> errands = new ConcurrentHashMap<>();
    private volatile boolean closing;

    Child(
            Process process,
            ProcessTree tree,
            Path scratch,
            Handshake handshake,
            ChildClient client,
            BlobSpool spool,
            ProcessLimits limits) {
        this.process = process;
        this.tree = tree;
        this.scratch = scratch;
        this.handshake = handshake;
        this.client = client;
        this.spool = spool;
        this.limits = limits;
    }

    ChildClient client() {
        return client;
    }

    /** The blobs of one call, or of one request of the child. */
    CallBlobs blobs(String id) {
        return new CallBlobs(client, spool, id);
    }

    long pid() {
        return process.pid();
    }

    boolean offers(String method) {
        return handshake.methods().contains(method);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** How it ended; only when it has. */
    String exitReason() {
        return ExitReason.of(process.exitValue());
    }

    CompletableFuture<Process> onExit() {
        return process.onExit();
    }

    /**
     * Asks it.
     *
     * @throws BindingException what the binding threw; {@link ErrorCode#UPSTREAM_UNAVAILABLE} when
     *     the process ended meanwhile
     */
    <R> R ask(Question<R> question) {
        if (!offers(question.method())) {
            throw BindingException.unsupported("this binding does not offer " + question.method());
        }
        String id = "c" + calls.incrementAndGet();
        CallBlobs blobs = blobs(id);
        Errand.current().ifPresent(errand -> errands.put(id, errand));
        try {
            WireReader last =
                    new ChildCall(client, id, limits.cancel(), handshake.knowsRepeats())
                            .perform(
                                    message(question, blobs),
                                    question.limit(),
                                    question.cancellation(),
                                    line -> question.lines().test(line, blobs));
            return question.answer().apply(last, blobs);
        } catch (IOException | UncheckedIOException e) {
            throw failure(question, e);
        } catch (ProtocolException e) {
            throw new BindingException(
                    ErrorCode.INTERNAL,
                    "the binding's process broke the protocol: " + e.getMessage(),
                    e);
        } finally {
            errands.remove(id);
            blobs.forget();
        }
    }

    /** On whose behalf a call runs, while it does. */
    Optional<Errand> errand(String call) {
        return Optional.ofNullable(errands.get(call));
    }

    /** Asks it to end, and sees to it. */
    @Override
    public void close() {
        closing = true;
        client.close();
        tree.end(limits.stop());
        Scratch.delete(scratch);
    }

    /** Its events have ended: a child that cannot be heard is of no use. */
    void endWithoutEvents() {
        if (!closing) {
            tree.end(limits.stop());
        }
    }

    /** Ends it at once. */
    void kill() {
        closing = true;
        client.close();
        tree.kill();
        Scratch.delete(scratch);
    }

    /** It has ended by itself: ends what it left behind. */
    void bury() {
        client.close();
        tree.endRest();
        Scratch.delete(scratch);
    }

    private static JsonNode message(Question<?> question, CallBlobs blobs) {
        return new WireObject()
                .text("method", question.method())
                .node("arguments", question.arguments().apply(blobs))
                .node();
    }

    private BindingException failure(Question<?> question, Exception cause) {
        if (Thread.currentThread().isInterrupted()) {
            return new BindingException(ErrorCode.CANCELLED, "the call was interrupted", cause);
        }
        if (cause instanceof InterruptedIOException) {
            return new BindingException(
                    ErrorCode.TIMEOUT,
                    "the binding's process did not finish %s within %d ms"
                            .formatted(question.method(), question.limit().toMillis()),
                    cause);
        }
        return new BindingException(ErrorCode.UPSTREAM_UNAVAILABLE, lostMessage(cause), cause);
    }

    private String lostMessage(Exception cause) {
        try {
            if (process.waitFor(EXIT_PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return "the binding's process ended during the call: " + exitReason();
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
        return "the connection to the binding's process broke: " + cause.getMessage();
    }
}
