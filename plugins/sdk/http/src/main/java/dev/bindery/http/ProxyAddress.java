package dev.bindery.http;

import dev.bindery.api.BindingException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import okhttp3.Credentials;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.jspecify.annotations.Nullable;

/** The proxy that an upstream goes through. */
final class ProxyAddress {
    private static final String HEADER = "Proxy-Authorization";

    private final Proxy proxy;
    private final @Nullable String credentials;

    private ProxyAddress(Proxy proxy, @Nullable String credentials) {
        this.proxy = proxy;
        this.credentials = credentials;
    }

    static ProxyAddress of(URI address, @Nullable String credentials) {
        if (address.getHost() == null || address.getPort() < 1 || address.getUserInfo() != null) {
            throw refused(address);
        }
        var target = InetSocketAddress.createUnresolved(address.getHost(), address.getPort());
        return new ProxyAddress(new Proxy(type(address), target), credentials);
    }

    private static Proxy.Type type(URI address) {
        String scheme = address.getScheme() == null ? "" : address.getScheme();
        return switch (scheme.toLowerCase(Locale.ROOT)) {
            case "http" -> Proxy.Type.HTTP;
            case "socks", "socks5" -> Proxy.Type.SOCKS;
            default -> throw refused(address);
        };
    }

    void applyTo(OkHttpClient.Builder client) {
        client.proxy(proxy);
        if (credentials != null && !credentials.isEmpty()) {
            String header = basic(credentials);
            client.proxyAuthenticator((_, response) -> withHeader(response.request(), header));
            client.addNetworkInterceptor(chain -> chain.proceed(unlessTls(chain, header)));
        }
    }

    @Nullable String secret() {
        return credentials;
    }

    private static String basic(String credentials) {
        int colon = credentials.indexOf(':');
        String user = colon < 0 ? credentials : credentials.substring(0, colon);
        String password = colon < 0 ? "" : credentials.substring(colon + 1);
        return Credentials.basic(user, password, StandardCharsets.UTF_8);
    }

    /** Null gives up: the proxy has refused these credentials already. */
    private static @Nullable Request withHeader(Request request, String header) {
        return request.header(HEADER) == null
                ? request.newBuilder().header(HEADER, header).build()
                : null;
    }

    /**
     * Unasked, since a request that may be sent only once cannot wait to be asked. Within TLS the
     * provider, not the proxy, would read it.
     */
    private static Request unlessTls(Interceptor.Chain chain, String header) {
        Request request = chain.request();
        return request.isHttps() ? request : request.newBuilder().header(HEADER, header).build();
    }

    private static BindingException refused(URI address) {
        return BindingException.invalidRequest(
                "proxy: \"%s\" must look like http://host:port or socks5://host:port; user and password are given apart"
                        .formatted(Redaction.withoutUserInfo(address.toString())));
    }
}
