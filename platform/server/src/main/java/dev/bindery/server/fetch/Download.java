package dev.bindery.server.fetch;

import dev.bindery.api.Blob;
import dev.bindery.api.Cancellation;
import dev.bindery.server.options.FetchRules;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Set;
import javax.net.ssl.SSLException;
import okhttp3.Call;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

/** Fetches what is at one address, wherever that leads. Stateless, for any thread. */
final class Download {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final int IN_MEMORY = 64 << 10;

    private final OkHttpClient client;
    private final Gatekeeper gatekeeper;
    private final FetchRules rules;
    private final Path folder;

    /**
     * @param client follows no redirects, knows no proxy and keeps no connections
     */
    Download(OkHttpClient client, Gatekeeper gatekeeper, FetchRules rules, Path folder) {
        this.client = client;
        this.gatekeeper = gatekeeper;
        this.rules = rules;
        this.folder = folder;
    }

    /**
     * @param fetched takes charge of the files that are made
     */
    Blob of(HttpUrl address, Budget budget, Cancellation cancellation, Fetched fetched)
            throws FetchException {
        HttpUrl at = address;
        for (int redirects = 0; ; redirects++) {
            Call call = call(gatekeeper.admit(at), budget);
            try (Cancellation.Registration _ = cancellation.onCancel(call::cancel);
                    Response response = call.execute()) {
                if (!REDIRECTS.contains(response.code())) {
                    return received(response, budget, fetched);
                }
                at = next(at, response, redirects);
            } catch (IOException e) {
                throw failed(e, budget);
            }
        }
    }

    private Call call(Destination destination, Budget budget) throws FetchException {
        Request request =
                new Request.Builder()
                        .url(destination.url())
                        .header("Accept", "image/*, audio/*, application/pdf, text/plain")
                        .header("Accept-Encoding", "identity")
                        .header("User-Agent", "Bindery")
                        .build();
        return client.newBuilder()
                .dns(_ -> destination.addresses())
                .callTimeout(budget.remaining())
                .build()
                .newCall(request);
    }

    private HttpUrl next(HttpUrl at, Response response, int redirects) throws FetchException {
        String location = response.header("Location");
        HttpUrl next = location == null ? null : at.resolve(location);
        if (next == null) {
            throw new FetchException("it redirects to nowhere on the web");
        }
        if (at.isHttps() && !next.isHttps()) {
            throw new FetchException("it redirects from https to http");
        }
        if (redirects >= rules.redirects()) {
            throw new FetchException(
                    "it redirects more than %d times".formatted(rules.redirects()));
        }
        return next;
    }

    private Blob received(Response response, Budget budget, Fetched fetched)
            throws FetchException, IOException {
        if (response.code() != 200) {
            throw new FetchException("it was answered with status " + response.code());
        }
        long length = response.body().contentLength();
        if (length > rules.bytes()) {
            throw tooLong();
        }
        InputStream in = response.body().byteStream();
        byte[] head = in.readNBytes((int) Math.min(IN_MEMORY, rules.bytes() + 1));
        String type = FetchedType.of(declared(response), head);
        budget.take(head.length);
        if (head.length > rules.bytes()) {
            throw tooLong();
        }
        if (head.length < IN_MEMORY) {
            return Blob.of(type, head);
        }
        SpooledFile file = SpooledFile.in(folder);
        fetched.keep(file);
        return Blob.of(type, spool(head, in, file, budget), file::open);
    }

    private static String declared(Response response) {
        String type = response.header("Content-Type");
        return type == null ? "" : type;
    }

    private long spool(byte[] head, InputStream in, SpooledFile file, Budget budget)
            throws FetchException, IOException {
        byte[] piece = new byte[IN_MEMORY];
        long length = head.length;
        try (OutputStream out = file.write()) {
            out.write(head);
            for (int got = in.read(piece); got >= 0; got = in.read(piece)) {
                length += got;
                if (length > rules.bytes()) {
                    throw tooLong();
                }
                budget.take(got);
                out.write(piece, 0, got);
            }
        }
        return length;
    }

    private FetchException tooLong() {
        return new FetchException("it is longer than %,d bytes".formatted(rules.bytes()));
    }

    private static FetchException failed(IOException e, Budget budget) {
        return switch (e) {
            case InterruptedIOException _ -> budget.late();
            case SSLException _ ->
                    new FetchException("no secure connection could be made to it", e);
            default -> new FetchException("the connection to it failed", e);
        };
    }
}
