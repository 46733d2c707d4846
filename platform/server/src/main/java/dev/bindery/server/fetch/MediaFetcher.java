package dev.bindery.server.fetch;

import dev.bindery.api.BindingException;
import dev.bindery.api.Blob;
import dev.bindery.api.Cancellation;
import dev.bindery.api.ErrorCode;
import dev.bindery.host.CancellationSource;
import dev.bindery.server.http.Refusal;
import dev.bindery.server.options.FetchRules;
import java.net.InetAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import okhttp3.ConnectionPool;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

/**
 * Fetches what clients name by its address, a few at a time, and nothing of theirs goes along.
 * Thread-safe.
 */
public final class MediaFetcher {
    private static final int AT_ONCE = 4;

    /** What OpenAI calls the field of an address that it cannot fetch, wherever that stands. */
    private static final String PARAM = "url";

    private final FetchRules rules;
    private final Download download;

    /**
     * @param folder where long ones go while they are in use; it is made when it is needed
     */
    public MediaFetcher(FetchRules rules, Path folder) {
        this(
                rules,
                folder,
                InetAddress::getAllByName,
                PublicAddresses::contains,
                new OkHttpClient());
    }

    /**
     * @param trusting trusts the servers that are to be trusted
     */
    MediaFetcher(
            FetchRules rules,
            Path folder,
            Resolver resolver,
            Predicate<InetAddress> isPublic,
            OkHttpClient trusting) {
        this.rules = rules;
        Gatekeeper gatekeeper = new Gatekeeper(rules, resolver, isPublic);
        this.download = new Download(client(trusting), gatekeeper, rules, folder);
    }

    /** A connection serves one call: the next may be to somewhere else under the same name. */
    private static OkHttpClient client(OkHttpClient trusting) {
        return trusting.newBuilder()
                .followRedirects(false)
                .followSslRedirects(false)
                .proxy(Proxy.NO_PROXY)
                .connectionPool(new ConnectionPool(0, 1, TimeUnit.SECONDS))
                .build();
    }

    /**
     * Fetches them all, or none.
     *
     * @throws Refusal 400, which says which address and why
     * @throws BindingException {@link ErrorCode#CANCELLED} when it is cancelled meanwhile
     */
    public Fetched fetch(Set<URI> addresses, Cancellation cancellation) {
        check(addresses);
        Fetched fetched = new Fetched();
        CancellationSource ending = new CancellationSource();
        Map<URI, CompletableFuture<Blob>> coming = new LinkedHashMap<>();
        addresses.forEach(address -> coming.put(address, new CompletableFuture<>()));
        Budget budget = new Budget(rules);
        Runnable end =
                () -> {
                    coming.values().forEach(blob -> blob.cancel(false));
                    ending.cancel();
                };
        try (Cancellation.Registration _ = cancellation.onCancel(end)) {
            Semaphore places = new Semaphore(AT_ONCE);
            coming.forEach((address, blob) ->
                    start(address, blob, () -> download(address, places, budget, ending, fetched)));
            coming.forEach((address, blob) -> fetched.put(address, await(address, blob, budget)));
            return fetched;
        } catch (RuntimeException e) {
            end.run();
            fetched.close();
            throw e;
        }
    }

    private void check(Set<URI> addresses) {
        if (!rules.enabled()) {
            throw Refusal.of(
                            400,
                            ErrorCode.UNSUPPORTED.name(),
                            "this server's operator lets it fetch no addresses; send the content itself as"
                                    + " a data: URL (data:image/png;base64,…)")
                    .about(PARAM);
        }
        if (addresses.size() > rules.addresses()) {
            throw Refusal.invalid(
                            "%d addresses in one request; at most %d are fetched"
                                    .formatted(addresses.size(), rules.addresses()))
                    .about(PARAM);
        }
    }

    @FunctionalInterface
    private interface Work {
        Blob run() throws FetchException;
    }

    private static void start(URI address, CompletableFuture<Blob> blob, Work work) {
        Thread.ofVirtual()
                .name("fetch")
                .start(() -> {
                    try {
                        blob.complete(work.run());
                    } catch (FetchException e) {
                        blob.completeExceptionally(refusal(address, e));
                    } catch (RuntimeException e) {
                        blob.completeExceptionally(e);
                    }
                });
    }

    private Blob download(
            URI address, Semaphore places, Budget budget, Cancellation ending, Fetched fetched)
            throws FetchException {
        HttpUrl url = HttpUrl.get(address);
        if (url == null) {
            throw new FetchException("it is no address of the web; expected http or https");
        }
        places.acquireUninterruptibly();
        try {
            ending.throwIfCancelled();
            return download.of(url, budget, ending, fetched);
        } finally {
            places.release();
        }
    }

    private static Blob await(URI address, CompletableFuture<Blob> blob, Budget budget) {
        try {
            return blob.get(budget.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException(e.getCause());
        } catch (TimeoutException _) {
            throw refusal(address, budget.late());
        } catch (FetchException e) {
            throw refusal(address, e);
        } catch (CancellationException _) {
            throw BindingException.cancelled();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw BindingException.cancelled();
        }
    }

    private static Refusal refusal(URI address, FetchException why) {
        return Refusal.invalid(
                        "%s cannot be fetched: %s"
                                .formatted(ShownAddress.of(address), why.getMessage()))
                .about(PARAM);
    }
}
