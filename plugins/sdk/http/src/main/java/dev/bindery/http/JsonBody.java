package dev.bindery.http;

import java.io.IOException;
import okhttp3.MediaType;
import okhttp3.RequestBody;
import okio.BufferedSink;

/** JSON to be sent; once only, unless it is said that twice does no harm. */
final class JsonBody extends RequestBody {
    private static final MediaType JSON = MediaType.get("application/json");

    private final byte[] utf8;
    private final boolean repeatable;

    JsonBody(byte[] utf8, boolean repeatable) {
        this.utf8 = utf8;
        this.repeatable = repeatable;
    }

    @Override
    public MediaType contentType() {
        return JSON;
    }

    @Override
    public long contentLength() {
        return utf8.length;
    }

    /** Keeps OkHttp from sending it again by itself: after a broken connection, 408 or 503. */
    @Override
    public boolean isOneShot() {
        return !repeatable;
    }

    @Override
    public void writeTo(BufferedSink sink) throws IOException {
        sink.write(utf8);
    }
}
