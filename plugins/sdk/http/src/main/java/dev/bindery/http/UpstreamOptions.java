package dev.bindery.http;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import okhttp3.HttpUrl;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * How an {@link Upstream} reaches its provider, as data: normally straight from a binding's
 * settings. Immutable; prints no header's value.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public final class UpstreamOptions {
    private final HttpUrl baseUrl;
    private final Map<String, String> headers;
    private final Duration connectTimeout;
    private final Duration firstByteTimeout;
    private final Duration idleTimeout;
    private final @Nullable ProxyAddress proxy;
    private final boolean verifyTls;
    private final int maxRetries;
    private final Duration maxRetryWait;
    private final ErrorRules errors;
    private final ReplyLimits limits;
    private final List<String> secrets;
    private final @Nullable RequestSigner signer;

    private UpstreamOptions(Builder builder) {
        baseUrl = builder.baseUrl;
        headers = Map.copyOf(builder.headers);
        connectTimeout = builder.connectTimeout;
        firstByteTimeout = builder.firstByteTimeout;
        idleTimeout = builder.idleTimeout;
        proxy = builder.proxy;
        verifyTls = builder.verifyTls;
        maxRetries = builder.maxRetries;
        maxRetryWait = builder.maxRetryWait;
        errors = builder.errors;
        limits = builder.limits;
        secrets = List.copyOf(builder.secrets);
        signer = builder.signer;
    }

    /**
     * @param baseUrl what the paths of requests are appended to; its query stays at their end
     * @throws dev.bindery.api.BindingException INVALID_REQUEST when it is no http or https address
     */
    public static Builder builder(String baseUrl) {
        return new Builder(Addresses.http("base_url", baseUrl));
    }

    /** What the paths of requests are appended to. */
    public HttpUrl baseUrl() {
        return baseUrl;
    }

    Map<String, String> headers() {
        return headers;
    }

    Duration connectTimeout() {
        return connectTimeout;
    }

    Duration firstByteTimeout() {
        return firstByteTimeout;
    }

    Duration idleTimeout() {
        return idleTimeout;
    }

    Optional<ProxyAddress> proxy() {
        return Optional.ofNullable(proxy);
    }

    boolean verifyTls() {
        return verifyTls;
    }

    int maxRetries() {
        return maxRetries;
    }

    Duration maxRetryWait() {
        return maxRetryWait;
    }

    ErrorRules errors() {
        return errors;
    }

    ReplyLimits limits() {
        return limits;
    }

    /** What is masked beside the values of the headers. */
    List<String> secrets() {
        return secrets;
    }

    Optional<RequestSigner> signer() {
        return Optional.ofNullable(signer);
    }

    @Override
    public String toString() {
        return "UpstreamOptions[%s, headers %s]".formatted(baseUrl.redact(), headers.keySet());
    }

    /** Builds {@link UpstreamOptions}; not for several threads. */
    public static final class Builder {
        private final HttpUrl baseUrl;
        private final Map<String, String> headers = new LinkedHashMap<>();
        private Duration connectTimeout = Duration.ofSeconds(10);
        private Duration firstByteTimeout = Duration.ofMinutes(10);
        private Duration idleTimeout = Duration.ofMinutes(2);
        private @Nullable ProxyAddress proxy;
        private boolean verifyTls = true;
        private int maxRetries = 2;
        private Duration maxRetryWait = Duration.ofSeconds(20);
        private ErrorRules errors = ErrorRules.COMMON;
        private ReplyLimits limits = ReplyLimits.DEFAULTS;
        private final List<String> secrets = new ArrayList<>();
        private @Nullable RequestSigner signer;

        private Builder(HttpUrl baseUrl) {
            this.baseUrl = baseUrl;
        }

        /**
         * A header of every request, such as the one with the key. It goes to the origin of the
         * base URL only, and its value is masked in every error; values of fewer than five
         * characters are not, since they would mask ordinary words.
         *
         * @throws dev.bindery.api.BindingException INVALID_REQUEST when no header can look like it
         */
        public Builder header(String name, String value) {
            headers.put(name, Addresses.headerValue(name, value));
            return this;
        }

        /** The longest wait for a connection; 10 seconds unless set. */
        public Builder connectTimeout(Duration connectTimeout) {
            this.connectTimeout = Objects.requireNonNull(connectTimeout, "connectTimeout");
            return this;
        }

        /** The longest wait for the first byte of an answer's body; 10 minutes unless set. */
        public Builder firstByteTimeout(Duration firstByteTimeout) {
            this.firstByteTimeout = Objects.requireNonNull(firstByteTimeout, "firstByteTimeout");
            return this;
        }

        /** The longest silence within an answer; 2 minutes unless set. */
        public Builder idleTimeout(Duration idleTimeout) {
            this.idleTimeout = Objects.requireNonNull(idleTimeout, "idleTimeout");
            return this;
        }

        /**
         * Goes through a proxy.
         *
         * @param address {@code http://host:port} or {@code socks5://host:port}
         * @param credentials {@code user:password} for an HTTP proxy; null for none
         * @throws dev.bindery.api.BindingException INVALID_REQUEST for any other address
         */
        public Builder proxy(URI address, @Nullable String credentials) {
            proxy = ProxyAddress.of(address, credentials);
            return this;
        }

        /** Whether certificates and host names are checked; true unless set. */
        public Builder verifyTls(boolean verifyTls) {
            this.verifyTls = verifyTls;
            return this;
        }

        /** How often a request is sent again at the most, where that is safe; 2 unless set. */
        public Builder maxRetries(int maxRetries) {
            this.maxRetries = maxRetries;
            return this;
        }

        /** The longest single wait before a request is sent again; 20 seconds unless set. */
        public Builder maxRetryWait(Duration maxRetryWait) {
            this.maxRetryWait = Objects.requireNonNull(maxRetryWait, "maxRetryWait");
            return this;
        }

        /** What the provider's errors mean; {@link ErrorRules#COMMON} unless set. */
        public Builder errors(ErrorRules errors) {
            this.errors = Objects.requireNonNull(errors, "errors");
            return this;
        }

        /** How much of an answer is taken; {@link ReplyLimits#DEFAULTS} unless set. */
        public Builder limits(ReplyLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        /** A text that is masked in every error, although no header has it as its value. */
        public Builder secret(String secret) {
            secrets.add(Objects.requireNonNull(secret, "secret"));
            return this;
        }

        /** Signs what goes to the origin of the base URL; nothing is signed unless set. */
        public Builder signer(RequestSigner signer) {
            this.signer = Objects.requireNonNull(signer, "signer");
            return this;
        }

        public UpstreamOptions build() {
            return new UpstreamOptions(this);
        }
    }
}
