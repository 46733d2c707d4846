package dev.bindery.http;

import java.net.URI;
import java.util.List;
import java.util.Map;
import org.apiguardian.api.API;

/**
 * Makes the headers that depend on all of a request, such as a signature. Asked at every attempt,
 * so that none goes out with an old one; by several threads at once.
 */
@API(status = API.Status.EXPERIMENTAL, since = "0.1")
@FunctionalInterface
public interface RequestSigner {
    /**
     * @param method {@code GET}, {@code POST}
     * @param address as it is sent
     * @param body as it is sent; empty where there is none
     * @return headers that take the place of others of their names
     */
    Map<String, String> headers(String method, URI address, byte[] body);

    /** What it signs with now, to be masked in every message: providers repeat it at times. */
    default List<String> secrets() {
        return List.of();
    }
}
