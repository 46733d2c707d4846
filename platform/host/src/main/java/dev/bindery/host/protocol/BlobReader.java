package dev.bindery.host.protocol;

import dev.bindery.api.Blob;

/** Finds the blob that a message names. */
@FunctionalInterface
public interface BlobReader {
    /**
     * The bytes under this id.
     *
     * @throws ProtocolException when there are none
     */
    Blob blob(String id, String mediaType, long length);
}
