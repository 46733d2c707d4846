package dev.bindery.worker;

import com.sun.net.httpserver.HttpExchange;
import dev.bindery.api.Blob;
import dev.bindery.host.protocol.BlobId;
import dev.bindery.host.protocol.BlobReader;
import dev.bindery.host.protocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The blobs of the calls that run: those that the host sent lie in files, those of answers are the
 * binding's own. They are there until the host forgets the call. Thread-safe.
 */
final class BlobStore implements BlobReader {
    private final Path folder;
    private final Map<String, Blob> blobs = new ConcurrentHashMap<>();

    BlobStore(Path folder) {
        this.folder = folder;
    }

    /** Takes a blob of the host's. */
    void put(String id, InputStream in) throws IOException {
        BlobId.callOf(id);
        Path file = folder.resolve(id);
        Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
        blobs.put(id, Blob.of("application/octet-stream", file));
    }

    /** Keeps a blob of an answer, for the host to fetch. */
    void keep(String id, Blob blob) {
        blobs.put(id, blob);
    }

    void send(String id, HttpExchange exchange) throws IOException {
        Blob blob = found(id);
        try (InputStream in = blob.open()) {
            exchange.sendResponseHeaders(200, blob.length() == 0 ? -1 : blob.length());
            try (OutputStream out = exchange.getResponseBody()) {
                in.transferTo(out);
            }
        }
    }

    @Override
    public Blob blob(String id, String mediaType, long length) {
        Blob blob = found(id);
        if (blob.length() != length) {
            throw new ProtocolException(
                    "the blob %s has %d bytes, not %d".formatted(id, blob.length(), length));
        }
        return Blob.of(mediaType, length, blob::open);
    }

    /** Removes the blobs of a call. */
    void forget(String call) {
        blobs.keySet().removeIf(id -> BlobId.callOf(id).equals(call) && delete(id));
    }

    private boolean delete(String id) {
        try {
            Files.deleteIfExists(folder.resolve(id));
            return true;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Blob found(String id) {
        Blob blob = blobs.get(id);
        if (blob == null) {
            throw new ProtocolException("there is no blob " + id);
        }
        return blob;
    }
}
