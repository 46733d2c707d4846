package dev.bindery.api;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.apiguardian.api.API;

/** Binary data of a known kind and length that can be read several times, also at once. */
@API(status = API.Status.STABLE, since = "1.0")
public final class Blob {
    private final String mediaType;
    private final long length;
    private final Source source;

    private Blob(String mediaType, long length, Source source) {
        this.mediaType = Objects.requireNonNull(mediaType, "mediaType");
        this.length = length;
        this.source = Objects.requireNonNull(source, "source");
    }

    /** A blob of these bytes, which are copied. */
    public static Blob of(String mediaType, byte[] bytes) {
        byte[] copy = bytes.clone();
        return new Blob(mediaType, copy.length, () -> new ByteArrayInputStream(copy));
    }

    /** A blob of a file, which must stay as it is while the blob is in use. */
    public static Blob of(String mediaType, Path file) throws IOException {
        return new Blob(mediaType, Files.size(file), () -> Files.newInputStream(file));
    }

    /** A blob that comes from anywhere. */
    public static Blob of(String mediaType, long length, Source source) {
        return new Blob(mediaType, length, source);
    }

    /** The IANA media type: {@code image/png}. */
    public String mediaType() {
        return mediaType;
    }

    /** The number of bytes. */
    public long length() {
        return length;
    }

    /** A new stream over the bytes; the caller closes it. */
    public InputStream open() throws IOException {
        return source.open();
    }

    /** All bytes; mind {@link #length()}. */
    public byte[] bytes() throws IOException {
        try (InputStream in = open()) {
            return in.readAllBytes();
        }
    }

    @Override
    public String toString() {
        return "Blob[%s, %d bytes]".formatted(mediaType, length);
    }

    /** Where the bytes come from. */
    @FunctionalInterface
    public interface Source {
        /** A new stream over the bytes from the first one on. */
        InputStream open() throws IOException;
    }
}
