package dev.bindery.server.http;

import java.util.Optional;

/**
 * One API of the server.
 *
 * @param name what it is called in figures and in the access log; several may share one
 * @param prefix what its paths begin with; the longest prefix decides
 * @param header the header by which its clients are known, where another API has the same paths;
 *     without it a request is not this API's
 * @param access who may use it
 * @param errors how it tells refusals
 * @param routes what it answers
 */
public record Api(
        String name,
        String prefix,
        Optional<String> header,
        Access access,
        ErrorForm errors,
        Routes routes) {
    /** An API that has its paths to itself. */
    public Api(String name, String prefix, Access access, ErrorForm errors, Routes routes) {
        this(name, prefix, Optional.empty(), access, errors, routes);
    }

    /** This API, for those requests alone that carry that header. */
    public Api withHeader(String header) {
        return new Api(name, prefix, Optional.of(header), access, errors, routes);
    }
}
