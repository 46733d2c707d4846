package dev.bindery.host.process;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.api.Operation;
import dev.bindery.api.Progress;
import dev.bindery.api.ProgressListener;
import dev.bindery.host.CancellationSource;
import dev.bindery.host.protocol.FailureCodec;
import dev.bindery.host.protocol.OperationCodec;
import dev.bindery.host.protocol.ProgressCodec;
import dev.bindery.host.protocol.ProtocolException;
import dev.bindery.host.protocol.RetryCodec;
import dev.bindery.host.protocol.WireObject;
import java.io.IOException;
import tools.jackson.databind.JsonNode;

/** The host's replies to one request of a child. Used by one thread at a time. */
final class HostReply {
    private static final long PROGRESS_NANOS = 50_000_000;

    private final ChildClient client;
    private final String id;
    private long lastProgress = System.nanoTime() - PROGRESS_NANOS;

    HostReply(ChildClient client, String id) {
        this.client = client;
        this.id = id;
    }

    /** Sends progress, at most twenty times a second; a child that is gone cancels the work. */
    ProgressListener progress(CancellationSource cancellation) {
        return new ProgressListener() {
            @Override
            public void progress(Progress progress) {
                if (isDue(progress) && !send("progress", ProgressCodec.encode(progress))) {
                    cancellation.cancel();
                }
            }

            @Override
            public Cancellation cancellation() {
                return cancellation;
            }
        };
    }

    /** Sends a piece of an answer; says whether the child wants more. */
    boolean operation(Operation operation, CallBlobs blobs) {
        return send("operation", OperationCodec.encode(operation, blobs));
    }

    /** Says how often the work was tried again, where it was. */
    void retriesTaken(int retries) {
        if (retries > 0) {
            send(RetryCodec.TAKEN, RetryCodec.taken(retries));
        }
    }

    void result(JsonNode result) {
        send("result", result);
    }

    void error(BindingException failure) {
        send("error", FailureCodec.encode(failure));
    }

    private boolean isDue(Progress progress) {
        long now = System.nanoTime();
        boolean complete = progress.total().orElse(-1) == progress.completed();
        boolean due = complete || now - lastProgress >= PROGRESS_NANOS;
        lastProgress = due ? now : lastProgress;
        return due;
    }

    private boolean send(String name, JsonNode value) {
        try {
            return client.reply(id, new WireObject().node(name, value).node()).flag("continue");
        } catch (IOException | ProtocolException _) {
            return false;
        }
    }
}
