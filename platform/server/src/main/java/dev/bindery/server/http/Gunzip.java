package dev.bindery.server.http;

import io.helidon.http.encoding.ContentDecoder;
import io.helidon.http.encoding.ContentEncoder;
import io.helidon.http.encoding.ContentEncoding;
import io.helidon.http.encoding.ContentEncodingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/** Unpacks requests; packs no answer, since packing would hold a stream back. */
final class Gunzip implements ContentEncoding {
    private static final Set<String> IDS = Set.of("gzip", "x-gzip");

    static ContentEncodingContext context() {
        return ContentEncodingContext.builder()
                .contentEncodingsDiscoverServices(false)
                .addContentEncoding(new Gunzip())
                .build();
    }

    /** Whether a body of that coding can be read; {@code identity} is none. */
    static boolean unpacks(String coding) {
        return IDS.contains(coding) || coding.equals("identity");
    }

    @Override
    public Set<String> ids() {
        return IDS;
    }

    @Override
    public boolean supportsEncoding() {
        return false;
    }

    @Override
    public boolean supportsDecoding() {
        return true;
    }

    @Override
    public ContentDecoder decoder() {
        return packed -> {
            try {
                return new GZIPInputStream(packed);
            } catch (IOException e) {
                throw new UncheckedIOException(e.getMessage(), e);
            }
        };
    }

    @Override
    public ContentEncoder encoder() {
        throw new UnsupportedOperationException("answers are not packed");
    }

    @Override
    public String name() {
        return "gzip";
    }

    @Override
    public String type() {
        return "gzip";
    }
}
