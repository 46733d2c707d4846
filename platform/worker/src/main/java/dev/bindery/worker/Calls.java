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
import java.util.concurrent.Future;

/** The calls that run. Thread-safe. */
final class Calls {
    private static final int EARLY = 1024;

    private final BlobStore blobs;
    private final Tenant tenant;
    private final Map<String, RunningCall> running = new ConcurrentHashMap<>();

    /** Calls whose cancellation came before they did. */
    private final Set<String> cancelledEarly =
            Collections.newSetFromMap(
                    Collections.synchronizedMap(
                            new LinkedHashMap<>() {
                                @Override
                                protected boolean removeEldestEntry(
                                        Map.Entry<String, Boolean> eldest) {
                                    return size() > EARLY;
                                }
                            }));

    Calls(BlobStore blobs, Host host) {
        this.blobs = blobs;
        tenant = new Tenant(host);
    }

    /** Performs a call, and writes its answer to the end. */
    void perform(String id, WireReader message, HttpExchange exchange) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/x-ndjson");
        exchange.sendResponseHeaders(200, 0);
        RunningCall call = new RunningCall(id, message, blobs, exchange.getResponseBody());
        running.put(id, call);
        if (cancelledEarly.remove(id)) {
            call.cancel();
        }
        try {
            Future<?> done = tenant.threads().submit(() -> call.run(tenant));
            done.get();
        } catch (ExecutionException e) {
            throw new IOException("a call ended without an answer", e.getCause());
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        } finally {
            running.remove(id);
        }
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
