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
    /** The most bytes in a blob of an answer, which is held in memory. */
    private static final long MAX_ANSWER = 256L << 20;

    private static final MediaType BINARY = MediaType.get("application/octet-stream");

    private final ChildClient client;
    private final String callId;
    private int sent;
    private boolean used;

    CallBlobs(ChildClient client, String callId) {
        this.client = client;
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
        try (Response response = client.get("v1/blobs/" + id).execute()) {
            if (!response.isSuccessful()) {
                throw new ProtocolException("the child names a blob that it does not have: " + id);
            }
            return Blob.of(mediaType, bytes(response, length));
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

    private static byte[] bytes(Response response, long length) throws IOException {
        if (length < 0 || length > MAX_ANSWER) {
            throw new ProtocolException(
                    "a blob of %d bytes; at most %d are taken".formatted(length, MAX_ANSWER));
        }
        try (InputStream in = response.body().byteStream()) {
            byte[] bytes = in.readNBytes((int) length);
            if (bytes.length < length || in.read() >= 0) {
                throw new ProtocolException("a blob that is not as long as was said");
            }
            return bytes;
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
