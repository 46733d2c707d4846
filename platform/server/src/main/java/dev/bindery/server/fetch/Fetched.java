package dev.bindery.server.fetch;

import dev.bindery.api.Blob;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was fetched for one request. Its files go when this is closed, or else when nobody can read
 * them any more. Thread-safe.
 */
public final class Fetched implements AutoCloseable {
    private final Map<URI, Blob> blobs = new HashMap<>();
    private final List<SpooledFile> files = new ArrayList<>();
    private boolean closed;

    Fetched() {}

    /** What was at that address, which was asked for. */
    public synchronized Blob of(URI address) {
        Blob blob = blobs.get(address);
        if (blob == null) {
            throw new IllegalArgumentException("that address was not asked for");
        }
        return blob;
    }

    /** Whether that blob is one of these. */
    public synchronized boolean holds(Blob blob) {
        return blobs.values().stream().anyMatch(each -> each == blob);
    }

    synchronized void put(URI address, Blob blob) {
        blobs.put(address, blob);
    }

    /** Takes charge of a file, which goes at once when it comes too late. */
    synchronized void keep(SpooledFile file) {
        files.add(file);
        if (closed) {
            file.delete();
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        files.forEach(SpooledFile::delete);
    }
}
