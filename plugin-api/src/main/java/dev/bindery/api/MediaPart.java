package dev.bindery.api;

import java.net.URI;
import java.util.Optional;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * An image, audio, a video or a document: its bytes, or an address.
 *
 * <p>In a request a binding sees {@link #blob()}: addresses that a client names are fetched by the
 * host. An address is an answer's, where the provider gave no more than that.
 */
@API(status = API.Status.STABLE, since = "1.0")
public final class MediaPart extends Part {
    private final @Nullable Blob blob;
    private final @Nullable URI uri;
    private final @Nullable String name;
    private final @Nullable String detail;

    private MediaPart(
            @Nullable Blob blob,
            @Nullable URI uri,
            @Nullable String name,
            @Nullable String detail,
            @Nullable CacheHint cacheHint,
            JsonObject providerData) {
        super(cacheHint, providerData);
        this.blob = blob;
        this.uri = uri;
        this.name = name;
        this.detail = detail;
        if ((blob == null) == (uri == null)) {
            throw new IllegalArgumentException("a media part has either bytes or an address");
        }
    }

    /** A medium by its bytes. */
    public static MediaPart of(Blob blob) {
        return new MediaPart(blob, null, null, null, null, JsonObject.EMPTY);
    }

    /** A medium by its address. */
    public static MediaPart of(URI uri) {
        return new MediaPart(null, uri, null, null, null, JsonObject.EMPTY);
    }

    /** This part with its file's name; null for none. */
    public MediaPart withName(@Nullable String name) {
        return new MediaPart(blob, uri, name, detail, cacheHint().orElse(null), providerData());
    }

    /** This part with how closely to look at it; null for the default. */
    public MediaPart withDetail(@Nullable String detail) {
        return new MediaPart(blob, uri, name, detail, cacheHint().orElse(null), providerData());
    }

    /** The bytes; absent when there is an address. */
    public Optional<Blob> blob() {
        return Optional.ofNullable(blob);
    }

    /** The address; absent when there are bytes. */
    public Optional<URI> uri() {
        return Optional.ofNullable(uri);
    }

    /** The file's name, where the client gave one. */
    public Optional<String> name() {
        return Optional.ofNullable(name);
    }

    /** How closely to look at an image: low, high, auto, or a provider's own word. */
    public Optional<String> detail() {
        return Optional.ofNullable(detail);
    }

    @Override
    public MediaPart withCacheHint(@Nullable CacheHint hint) {
        return new MediaPart(blob, uri, name, detail, hint, providerData());
    }

    @Override
    public MediaPart withProviderData(JsonObject data) {
        return new MediaPart(blob, uri, name, detail, cacheHint().orElse(null), data);
    }
}
