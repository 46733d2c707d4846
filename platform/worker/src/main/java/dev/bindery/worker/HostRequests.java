package dev.bindery.worker;

import dev.bindery.api.BindingException;
import dev.bindery.api.Cancellation;
import dev.bindery.host.protocol.BlobReader;
import dev.bindery.host.protocol.BlobWriter;
import dev.bindery.host.protocol.FailureCodec;
import dev.bindery.host.protocol.WireObject;
import dev.bindery.host.protocol.WireReader;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import tools.jackson.databind.JsonNode;

/** What the child asks its host, and the replies on their way back. Thread-safe. */
final class HostRequests {
    private final EventStream events;
    private final BlobStore blobs;
    private final Map<String, Pending> pending = new ConcurrentHashMap<>();
    private final AtomicLong numbers = new AtomicLong();

    HostRequests(EventStream events, BlobStore blobs) {
        this.events = events;
        this.blobs = blobs;
    }

    BlobReader blobs() {
        return blobs;
    }

    /**
     * Asks the host, and waits for its last reply.
     *
     * @param arguments writes them, keeping the blobs that they name
     * @param replies hears each reply before the last; false when no more is wanted
     * @return the last reply, which has a result
     */
    WireReader ask(
            String method,
            Function<BlobWriter, JsonNode> arguments,
            Cancellation cancellation,
            Predicate<WireReader> replies) {
        String id = "r" + numbers.incrementAndGet();
        Pending request = new Pending(replies, new CompletableFuture<>());
        pending.put(id, request);
        try (var _ = cancellation.onCancel(() -> cancel(id))) {
            events.put(event(id, method, arguments));
            WireReader last = request.last().get();
            Optional<WireReader> error = last.objectIf("error");
            if (error.isPresent()) {
                throw FailureCodec.decode(error.get());
            }
            return last;
        } catch (InterruptedException _) {
            cancel(id);
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a reply was not read", e);
        } finally {
            pending.remove(id);
        }
    }

    /** A reply of the host; says whether more is wanted. */
    boolean reply(String id, WireReader reply) {
        Pending request = pending.get(id);
        if (request == null) {
            return false;
        }
        if (reply.node().has("result") || reply.has("error")) {
            request.last().complete(reply);
            return false;
        }
        return request.replies().test(reply);
    }

    private JsonNode event(String id, String method, Function<BlobWriter, JsonNode> arguments) {
        AtomicLong number = new AtomicLong();
        BlobWriter writer =
                blob -> {
                    String blobId = id + ".a" + number.incrementAndGet();
                    blobs.keep(blobId, blob);
                    return blobId;
                };
        return new WireObject()
                .text("event", "request")
                .text("id", id)
                .text("method", method)
                .text("call", RunningCall.current())
                .node("arguments", arguments.apply(writer))
                .node();
    }

    private void cancel(String id) {
        events.offer(new WireObject().text("event", "cancel").text("id", id).node());
    }

    private record Pending(Predicate<WireReader> replies, CompletableFuture<WireReader> last) {}
}
