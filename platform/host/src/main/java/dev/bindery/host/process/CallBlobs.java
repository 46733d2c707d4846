package dev.bindery.host.process;

import dev.bindery.api.Blob;
import dev.bindery.host.protocol.BlobId;
import dev.bindery.host.protocol.BlobReader;
import dev.bindery.host.protocol.BlobWriter;
import dev.bindery.host.protocol.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okhttp3.Response;
import okio.BufferedSink;
import okio.Okio;
import okio.Source;

/**
 * The blobs of one call: those of the request go to the child before it, those of the answer are
 * fetched as they are named, since the child forgets them when the call ends. Used by one thread at
 * a time.
 */
final class CallBlobs implements BlobReader, BlobWriter {
    /** The most bytes in all blobs of one answer. */
    private static final long MAX_ANSWER = 1L << 30;

    private static final MediaType BINARY = MediaType.get("application/octet-stream");

    private final ChildClient client;
    private final BlobSpool spool;
    private final String callId;
    private int sent;
    private long taken;
    private boolean used;

    CallBlobs(ChildClient client, BlobSpool spool, String callId) {
        this.client = client;
        this.spool = spool;
        this.callId = callId;
    }

    @Override
    public String idOf(Blob blob) {
        used = true;
        String id = BlobId.of(callId, "q" + ++sent);
        try {
            client.put(id, body(blob));
        } catch (IOException e) {
            throw new UncheckedIOException("sending a blob to the child", e);
        }
        return id;
    }

    @Override
    public Blob blob(String id, String mediaType, long length) {
        used = true;
        BlobId.callOf(id);
        take(length);
        try (Response response = client.blob(id)) {
            if (!response.isSuccessful()) {
                throw new ProtocolException("the child names a blob that it does not have: " + id);
            }
            return kept(response, mediaType, length);
        } catch (IOException e) {
            throw new UncheckedIOException("fetching a blob from the child", e);
        }
    }

    /** Lets the child forget the blobs, when there were any. */
    void forget() {
        if (!used) {
            return;
        }
        try {
            client.forget(callId);
        } catch (IOException _) {
            // The child is gone, and its blobs with it.
        }
    }

    private void take(long length) {
        if (length < 0 || length > MAX_ANSWER - taken) {
            throw new ProtocolException(
                    "a blob of %d bytes after %d; an answer has at most %d"
                            .formatted(length, taken, MAX_ANSWER));
        }
        taken += length;
    }

    private Blob kept(Response response, String mediaType, long length) throws IOException {
        try (InputStream in = response.body().byteStream()) {
            Blob blob = spool.keep(mediaType, length, in);
            if (in.read() >= 0) {
                throw new ProtocolException("a blob that is longer than was said");
            }
            return blob;
        }
    }

    private static RequestBody body(Blob blob) {
        return new RequestBody() {
            @Override
            public MediaType contentType() {
                return BINARY;
            }

            @Override
            public long contentLength() {
                return blob.length();
            }

            @Override
            public void writeTo(BufferedSink sink) throws IOException {
                try (Source source = Okio.source(blob.open())) {
                    sink.writeAll(source);
                }
            }
        };
    }
}
