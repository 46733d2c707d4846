package dev.bindery.host.packages;

import dev.bindery.api.Cancellation;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Fetches files over HTTP, goes on where an earlier try ended, and tries again what broke off. Any
 * number of threads.
 */
final class HttpFetch {
    private static final int TRIES = 4;
    private static final Duration FIRST_PAUSE = Duration.ofMillis(250);

    private final OkHttpClient client =
            new OkHttpClient.Builder()
                    .followRedirects(false)
                    .followSslRedirects(false)
                    .connectTimeout(Duration.ofSeconds(20))
                    .readTimeout(Duration.ofSeconds(60))
                    .build();

    /**
     * @param resumeBlindly whether to go on without the server's word that the file is the same
     *     one; only where a checksum tells in the end
     */
    void fetch(URI source, boolean resumeBlindly, Partial partial, Work work)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            long before = partial.size();
            try {
                once(source, resumeBlindly, partial, work);
                return;
            } catch (RefusedException e) {
                if (!e.worthTryingAgain() || attempt >= TRIES) {
                    throw e;
                }
            } catch (IOException e) {
                work.throwIfCancelled();
                boolean progressed = partial.size() > before;
                if (attempt >= TRIES && !progressed) {
                    throw e;
                }
                attempt = progressed ? 0 : attempt;
            }
            work.pause(FIRST_PAUSE.multipliedBy(1L << Math.min(attempt, TRIES)));
        }
    }

    private void once(URI source, boolean resumeBlindly, Partial partial, Work work)
            throws IOException {
        Optional<String> version = partial.version();
        boolean resume = partial.size() > 0 && (version.isPresent() || resumeBlindly);
        Redirects redirects = new Redirects(source);
        while (true) {
            Request.Builder request = redirects.request().header("Accept-Encoding", "identity");
            if (resume) {
                request.header("Range", "bytes=%d-".formatted(partial.size()));
                version.ifPresent(known -> request.header("If-Range", known));
            }
            Call call = client.newCall(request.build());
            try (Cancellation.Registration _ = work.cancellation().onCancel(call::cancel);
                    Response response = call.execute()) {
                if (!redirects.follows(response)) {
                    take(response, partial, work);
                    return;
                }
            }
        }
    }

    private static void take(Response response, Partial partial, Work work) throws IOException {
        switch (response.code()) {
            case 200 -> whole(response, partial, work);
            case 206 -> rest(response, partial, work);
            case 416 -> beyondTheEnd(response, partial);
            default -> throw RefusedException.of(response.code());
        }
    }

    private static void whole(Response response, Partial partial, Work work) throws IOException {
        long length = response.body().contentLength();
        checkSpace(partial.file(), length);
        try (OutputStream out = partial.begin(version(response))) {
            receive(response, 0, length, out, work);
        }
    }

    private static void rest(Response response, Partial partial, Work work) throws IOException {
        long there = partial.size();
        ContentRange range = ContentRange.of(response.header("Content-Range"));
        if (range.first() != there) {
            partial.delete();
            throw new IOException(
                    "asked for the bytes from %d on and got those from %d on"
                            .formatted(there, range.first()));
        }
        checkSpace(partial.file(), range.total() - there);
        try (OutputStream out = partial.append()) {
            receive(response, there, range.total(), out, work);
        }
    }

    /** There is nothing after what we have: either it is whole, or it is of another file. */
    private static void beyondTheEnd(Response response, Partial partial) throws IOException {
        if (ContentRange.of(response.header("Content-Range")).total() != partial.size()) {
            partial.delete();
            throw new IOException("the file has changed since its download began");
        }
    }

    private static void receive(
            Response response, long there, long total, OutputStream out, Work work)
            throws IOException {
        Transfer transfer = Transfer.of("downloading", work).startingAt(there);
        try (InputStream in = response.body().byteStream()) {
            (total >= 0 ? transfer.of(total) : transfer).copy(in, out);
        }
    }

    private static Optional<String> version(Response response) {
        return Optional.ofNullable(response.header("ETag"))
                .filter(tag -> !tag.startsWith("W/"))
                .or(() -> Optional.ofNullable(response.header("Last-Modified")));
    }

    static void checkSpace(Path file, long needed) throws IOException {
        Path folder = Objects.requireNonNull(file.toAbsolutePath().getParent());
        long usable = Files.getFileStore(folder).getUsableSpace();
        if (needed > usable) {
            throw new RefusedException(
                    "%d bytes do not fit into %s, where %d are free"
                            .formatted(needed, folder, usable),
                    false);
        }
    }
}
