package dev.bindery.http;

import dev.bindery.api.BindingException;
import dev.bindery.api.JsonObject;
import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import dev.bindery.api.TypedConfig;
import java.net.URI;
import java.time.Duration;
import org.apiguardian.api.API;

/**
 * The settings that bindings which speak HTTP have in common, under the names that operators know
 * from the others. A card that uses this declares them all; the README of this library has the
 * lines to copy.
 *
 * @param connectTimeout seconds
 * @param firstByteTimeout seconds
 * @param idleTimeout seconds
 * @param maxRetries how often a request is sent again at the most, where that is safe
 * @param maxRetryWait seconds
 * @param proxy {@code http://host:port} or {@code socks5://host:port}; empty for the host's own
 * @param proxyCredentials {@code user:password}; empty for none
 * @param verifyTls whether certificates are checked
 * @param extraHeaders further headers of every request, each value a text
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
public record HttpSettings(
        double connectTimeout,
        double firstByteTimeout,
        double idleTimeout,
        int maxRetries,
        double maxRetryWait,
        String proxy,
        String proxyCredentials,
        boolean verifyTls,
        JsonObject extraHeaders) {
    private static final double MILLIS = 1000;

    /** Those of an instance. */
    public static HttpSettings of(TypedConfig config) {
        return config.as(HttpSettings.class);
    }

    /**
     * The way to that address under these settings; add the headers and the rules for errors.
     *
     * @throws BindingException INVALID_REQUEST naming the setting that cannot be used
     */
    public UpstreamOptions.Builder to(String baseUrl) {
        UpstreamOptions.Builder options =
                UpstreamOptions.builder(baseUrl)
                        .connectTimeout(seconds(connectTimeout))
                        .firstByteTimeout(seconds(firstByteTimeout))
                        .idleTimeout(seconds(idleTimeout))
                        .maxRetries(maxRetries)
                        .maxRetryWait(seconds(maxRetryWait))
                        .verifyTls(verifyTls);
        extraHeaders.fields().forEach((name, value) -> options.header(name, text(name, value)));
        if (!proxy.isBlank()) {
            options.proxy(proxyAddress(), proxyCredentials);
        }
        return options;
    }

    private static String text(String name, JsonValue value) {
        if (value instanceof JsonString text) {
            return text.value();
        }
        throw BindingException.invalidRequest(
                "extra_headers: the value of %s is not a text".formatted(name));
    }

    private URI proxyAddress() {
        try {
            return URI.create(proxy.strip());
        } catch (IllegalArgumentException _) {
            throw BindingException.invalidRequest(
                    "proxy: that is no address; it must look like http://host:port or socks5://host:port");
        }
    }

    private static Duration seconds(double seconds) {
        return Duration.ofMillis(Math.round(seconds * MILLIS));
    }

    /** No values: some are secrets. */
    @Override
    public String toString() {
        return "HttpSettings";
    }
}
