package dev.bindery.http;

import java.io.IOException;
import okhttp3.Interceptor;
import okhttp3.Request;
import okhttp3.Response;

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
        return chain.proceed(own.build());
    }
}
