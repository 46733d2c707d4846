package dev.bindery.host.packages;

import java.io.IOException;
import java.net.URI;
import java.util.Set;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;
import okhttp3.Response;

/**
 * Follows redirects: a few, never from https to http, and without carrying credentials elsewhere.
 * For one request.
 */
final class Redirects {
    private static final int MOST = 5;
    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    private HttpUrl address;
    private int followed;

    Redirects(URI source) throws IOException {
        HttpUrl parsed = HttpUrl.get(source);
        if (parsed == null) {
            throw new IOException("not an address: " + Addresses.shown(source));
        }
        address = parsed;
    }

    /** A request of where we are now; credentials of the address go into its header. */
    Request.Builder request() {
        Request.Builder request =
                new Request.Builder().url(address.newBuilder().username("").password("").build());
        if (!address.username().isEmpty()) {
            request.header(
                    "Authorization", Credentials.basic(address.username(), address.password()));
        }
        return request;
    }

    /** Whether the answer leads elsewhere; the next request goes there. */
    boolean follows(Response response) throws IOException {
        if (!STATUSES.contains(response.code())) {
            return false;
        }
        String location = response.header("Location");
        HttpUrl next = location == null ? null : address.resolve(location);
        if (next == null) {
            throw new RefusedException("a redirect that leads nowhere", false);
        }
        if (address.isHttps() && !next.isHttps()) {
            throw new RefusedException("a redirect from https to " + next.host(), false);
        }
        if (++followed > MOST) {
            throw new RefusedException("more than %d redirects".formatted(MOST), false);
        }
        address = next;
        return true;
    }
}
