package dev.bindery.host.protocol;

import dev.bindery.api.Blob;
import java.util.HashMap;
import java.util.Map;

/** The blobs that travel beside a message, for tests that have no other side. */
final class MemoryBlobs implements BlobWriter, BlobReader {
    private final Map<String, Blob> blobs = new HashMap<>();

    @Override
    public String idOf(Blob blob) {
        String id = BlobId.of("c1", Integer.toString(blobs.size() + 1));
        blobs.put(id, blob);
        return id;
    }

    @Override
    public Blob blob(String id, String mediaType, long length) {
        Blob blob = blobs.get(id);
        if (blob == null) {
            throw new ProtocolException("there is no blob " + id);
        }
        return Blob.of(mediaType, length, blob::open);
    }
}
