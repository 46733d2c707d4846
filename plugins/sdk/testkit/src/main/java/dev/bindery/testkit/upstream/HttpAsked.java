package dev.bindery.testkit.upstream;

import java.util.Map;

/**
 * A request that came.
 *
 * @param path with the query, if there is one
 * @param headers by their names in lower case
 */
public record HttpAsked(String method, String path, Map<String, String> headers, String body) {
    public HttpAsked {
        headers = Map.copyOf(headers);
    }
}
