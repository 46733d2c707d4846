package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.ContractVersion;
import dev.bindery.api.ErrorCode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;
import org.apiguardian.api.API;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * The way to one provider, for one instance of a binding: its own connections, so that no other
 * instance evicts them, its headers, its limits of time, its retries. Make one in {@code start},
 * close it in {@code stop}. Free for all threads; every method blocks, and fails with nothing but a
 * {@link BindingException}.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class Upstream implements AutoCloseable {
    /** What every request names as its user agent. */
    public static final String USER_AGENT = "bindery/" + version();

    private static final int SHOWN = 200;
    private static final int MAX_REQUESTS = 10_000;

    private final UpstreamOptions options;
    private final OkHttpClient client;
    private final Redaction redaction;
    private final Retries retries;
    private final CallWatch watch = new CallWatch();
    private volatile boolean closed;

    private Upstream(UpstreamOptions options) {
        this.options = options;
        this.client = LibraryLoader.call(() -> client(options));
        this.redaction =
                Redaction.of(secrets(options))
                        .with(() -> options.signer().map(RequestSigner::secrets).orElse(List.of()));
        this.retries =
                new Retries(
                        options.maxRetries(), options.maxRetryWait(), ThreadLocalRandom::current);
    }

    public static Upstream of(UpstreamOptions options) {
        return new Upstream(options);
    }

    private static String version() {
        String built = Upstream.class.getPackage().getImplementationVersion();
        return built == null ? ContractVersion.CURRENT : built;
    }

    private static OkHttpClient client(UpstreamOptions options) {
        Dispatcher dispatcher = new Dispatcher();
        dispatcher.setMaxRequests(MAX_REQUESTS);
        dispatcher.setMaxRequestsPerHost(MAX_REQUESTS);
        OkHttpClient.Builder client =
                new OkHttpClient.Builder()
                        .dispatcher(dispatcher)
                        .connectionPool(Housekeeping.pool())
                        .followSslRedirects(false)
                        .connectTimeout(options.connectTimeout())
                        .readTimeout(Duration.ZERO)
                        .writeTimeout(Duration.ZERO)
                        .callTimeout(Duration.ZERO)
                        .addNetworkInterceptor(new OriginHeaders(options))
                        .eventListenerFactory(Progress.FACTORY);
        options.proxy().ifPresent(proxy -> proxy.applyTo(client));
        if (!options.verifyTls()) {
            Tls.acceptAnything(client);
        }
        return client.build();
    }

    private static List<String> secrets(UpstreamOptions options) {
        List<String> secrets = new ArrayList<>(options.headers().values());
        secrets.addAll(options.secrets());
        options.proxy().map(ProxyAddress::secret).ifPresent(secrets::add);
        return secrets;
    }

    /**
     * Sends the request, again where that is safe, and returns with the beginning of a good answer.
     *
     * @throws BindingException for every other answer, by the upstream's {@link ErrorRules}, and
     *     when there is none
     */
    public Reply send(UpstreamRequest request) {
        ProviderHealth.asked();
        for (int tries = 1; ; tries++) {
            switch (attempt(request)) {
                case Reply reply -> {
                    return reply;
                }
                case Failure failure -> {
                    Duration pause =
                            retries.pause(failure, tries, request.remaining())
                                    .filter(_ -> request.retries().take())
                                    .orElseThrow(failure::error);
                    Pause.of(pause, request.cancellation());
                }
            }
        }
    }

    /** Sends the request and reads the whole answer as JSON. */
    public JsonNode json(UpstreamRequest request) {
        try (Reply reply = send(request)) {
            return reply.json();
        }
    }

    /**
     * The error that a provider reports inside an answer that began well.
     *
     * @param body what it says, in any of the forms that {@link ProviderError} knows
     */
    public BindingException.Builder error(JsonNode body) {
        ProviderError error = ProviderError.of(body);
        String message = "%s reports an error: %s".formatted(host(), error.message());
        return BindingException.builder(options.errors().codeOf(error), redaction.clean(message))
                .retryAfter(error.retryAfter().orElse(null));
    }

    /**
     * The error of a provider that answers what no provider should.
     *
     * @param what it did, as the end of a sentence that begins with its host
     */
    public BindingException broken(String what) {
        return new BindingException(ErrorCode.UPSTREAM_ERROR, redaction.clean(host() + " " + what));
    }

    /**
     * An event's data, or anything else that must be JSON.
     *
     * @throws BindingException UPSTREAM_ERROR when it is something else
     */
    public JsonNode parse(String data) {
        try {
            return Json.parse(data);
        } catch (JacksonException _) {
            throw broken(
                    "sent something that is no JSON: "
                            + data.substring(0, Math.min(SHOWN, data.length())));
        }
    }

    /** The text without the secrets of this upstream. */
    public String redacted(String text) {
        return redaction.clean(text);
    }

    /** The provider's host, and its port where that is unusual; for messages. */
    public String host() {
        return Addresses.host(options.baseUrl());
    }

    /** Ends all calls and closes all connections; no thread of this upstream remains. */
    @Override
    public void close() {
        closed = true;
        LibraryLoader.call(() -> {
            client.dispatcher().cancelAll();
            client.dispatcher().executorService().shutdown();
            client.connectionPool().evictAll();
            return closed;
        });
    }

    private Outcome attempt(UpstreamRequest request) {
        request.cancellation().throwIfCancelled();
        if (closed) {
            throw new BindingException(
                    ErrorCode.UPSTREAM_UNAVAILABLE,
                    "the connection to %s is closed".formatted(host()));
        }
        return new Attempt(client, options, redaction, watch).run(request);
    }

    @Override
    public String toString() {
        return "Upstream[" + host() + "]";
    }
}
