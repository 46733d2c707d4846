package dev.bindery.host.protocol;

import dev.bindery.api.Blob;

/** Takes a blob that a message names, to be sent beside it, and says under which id. */
@FunctionalInterface
public interface BlobWriter {
    String idOf(Blob blob);
}
