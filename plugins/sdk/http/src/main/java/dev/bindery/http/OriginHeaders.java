package dev.bindery.http;

import java.io.IOException;
import java.net.URI;
import java.util.Map;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;
import okio.Buffer;

/**
 * Adds the operator's headers, keys among them, to what goes to the origin of the base URL, and to
 * nothing else: a redirect to another host carries none of them.
 */
final class OriginHeaders implements Interceptor {
    private final UpstreamOptions options;

    OriginHeaders(UpstreamOptions options) {
        this.options = options;
    }

    @Override
    public Response intercept(Chain chain) throws IOException {
        Request request = chain.request();
        if (!Addresses.sameOrigin(options.baseUrl(), request.url())) {
            return chain.proceed(request);
        }
        Request.Builder own = request.newBuilder();
        options.headers().forEach(own::header);
        if (options.signer().isPresent()) {
            sign(options.signer().get(), request).forEach(own::header);
        }
        return chain.proceed(own.build());
    }

    private static Map<String, String> sign(RequestSigner signer, Request request)
            throws IOException {
        Buffer body = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(body);
        }
        return signer.headers(
                request.method(), URI.create(request.url().toString()), body.readByteArray());
    }
}
