package dev.bindery.worker;

import com.sun.net.httpserver.HttpExchange;
import dev.bindery.host.protocol.WireReader;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;

/** The calls that run. Thread-safe. */
final class Calls {
    private static final int REMEMBERED = 4096;

    private final BlobStore blobs;
    private final Tenant tenant;
    private final Map<String, RunningCall> running = new ConcurrentHashMap<>();

    /** Calls whose cancellation came before they did. */
    private final Set<String> cancelledEarly = lastOnes();

    private final Set<String> begun = lastOnes();

    Calls(BlobStore blobs, Host host) {
        this.blobs = blobs;
        tenant = new Tenant(host);
    }

    /**
     * Performs a call, and writes its answer to the end.
     *
     * @return false when the call was begun before, and nothing is written: the host sends one
     *     again when it does not know whether it has arrived
     */
    boolean perform(String id, WireReader message, HttpExchange exchange) throws IOException {
        if (!begun.add(id)) {
            return false;
        }
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        RunningCall call = new RunningCall(id, message, blobs, exchange.getResponseBody());
        running.put(id, call);
        if (cancelledEarly.remove(id)) {
            call.cancel();
        }
        try {
            await(call);
        } finally {
            running.remove(id);
        }
        return true;
    }

    private void await(RunningCall call) throws IOException {
        try {
            tenant.threads().submit(() -> call.run(tenant)).get();
        } catch (OutOfMemoryError e) {
            call.refuse("the binding's process cannot start another thread: " + e.getMessage());
        } catch (ExecutionException e) {
            throw new IOException("a call ended without an answer", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }

    /** A set that forgets the eldest. */
    private static Set<String> lastOnes() {
        return Collections.newSetFromMap(
                Collections.synchronizedMap(
                        new LinkedHashMap<>() {
                            @Override
                            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                                return size() > REMEMBERED;
                            }
                        }));
    }

    void cancel(String id) {
        RunningCall call = running.get(id);
        if (call != null) {
            call.cancel();
        } else {
            cancelledEarly.add(id);
            RunningCall late = running.get(id);
            if (late != null && cancelledEarly.remove(id)) {
                late.cancel();
            }
        }
    }
}
