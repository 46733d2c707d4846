package dev.bindery.worker;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.api.GenerationCallback;
import dev.bindery.api.Operation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.api.RetryBudget;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.protocol.BlobId;
import dev.bindery.host.protocol.BlobReader;
import dev.bindery.host.protocol.BlobWriter;
import dev.bindery.host.protocol.OperationCodec;
import dev.bindery.host.protocol.ProgressCodec;
import dev.bindery.host.protocol.RetryCodec;
import dev.bindery.host.protocol.WireReader;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One call into the binding, from its message to the last line of its answer. */
final class RunningCall implements BlobWriter {
    /** From the cancellation to the interrupt, as the contract says. */
    private static final Duration INTERRUPT = Duration.ofSeconds(2);

    private static final ScopedValue<String> CURRENT = ScopedValue.newInstance();

    private final String id;
    private final WireReader message;
    private final BlobStore blobs;
    private final AnswerStream answer;
    private final CancellationSource cancellation = new CancellationSource();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger blobNumber = new AtomicInteger();
    private volatile @Nullable Thread thread;
    private RetryBudget retries = RetryBudget.UNLIMITED;
    private int granted = Integer.MAX_VALUE;

    RunningCall(String id, WireReader message, BlobStore blobs, OutputStream out) {
        this.id = id;
        this.message = message;
        this.blobs = blobs;
        answer = new AnswerStream(out);
    }

    /** Runs it on this thread. */
    void run(Tenant tenant) {
        thread = Thread.currentThread();
        try {
            JsonNode result =
                    ScopedValue.where(CURRENT, id)
                            .call(() -> Methods.call(message.text("method"), tenant, this));
            settle();
            answer.result(result);
        } catch (Throwable e) {
            settle();
            answer.error(Failures.of(e, cancellation.isCancelled()));
            tenant.report(message.textIf("method").orElse("?"), e);
        } finally {
            over.countDown();
            thread = null;
        }
    }

    /** Answers that it cannot be run now. */
    void refuse(String reason) {
        answer.error(new BindingException(ErrorCode.OVERLOADED, reason));
        over.countDown();
    }

    /** The id of the call that this thread runs. */
    static Optional<String> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Notes the budget of the request, so that the host hears how much of it was taken. */
    void granted(RetryBudget budget) {
        retries = budget;
        granted = budget.left();
    }

    private void settle() {
        int taken = granted - retries.left();
        if (taken > 0) {
            answer.send(RetryCodec.TAKEN, RetryCodec.taken(taken));
        }
    }

    /** Tells the binding at once, and interrupts it when that does not end the call. */
    void cancel() {
        if (cancellation.cancel()) {
            Thread.ofVirtual().name("cancel " + id).start(this::interruptLater);
        }
    }

    WireReader arguments() {
        return message.objectIf("arguments").orElseGet(() -> WireReader.of(message.node()));
    }

    Cancellation cancellation() {
        return cancellation;
    }

    BlobReader blobs() {
        return blobs;
    }

    @Override
    public String idOf(Blob blob) {
        String blobId = BlobId.of(id, "a" + blobNumber.incrementAndGet());
        blobs.keep(blobId, blob);
        return blobId;
    }

    /** Sends the operations of an answer. */
    GenerationCallback callback() {
        return this::on;
    }

    ProgressListener listener() {
        return new ProgressListener() {
            @Override
            public void progress(Progress progress) {
                answer.send("progress", ProgressCodec.encode(progress));
            }

            @Override
            public Cancellation cancellation() {
                return cancellation;
            }
        };
    }

    /**
     * One that was sent counts as taken, whatever has happened meanwhile: the host adds it to the
     * answer, so the binding has to as well. The next one is refused.
     */
    private boolean on(Operation operation) {
        if (cancellation.isCancelled()) {
            return false;
        }
        if (!answer.send("operation", OperationCodec.encode(operation, this))) {
            cancel();
            return false;
        }
        return true;
    }

    private void interruptLater() {
        try {
            if (!over.await(INTERRUPT.toMillis(), TimeUnit.MILLISECONDS)) {
                Thread running = thread;
                if (running != null) {
                    running.interrupt();
                }
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
