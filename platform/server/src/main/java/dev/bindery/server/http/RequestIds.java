package dev.bindery.server.http;

import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;

/** Names requests: by the client's own name where that is harmless in a header and in a log. */
final class RequestIds {
    static final String HEADER = "x-request-id";
    private static final Pattern SANE = Pattern.compile("[A-Za-z0-9._:-]{1,128}");

    private RequestIds() {}

    static String of(Exchange exchange) {
        return of(exchange.header(HEADER));
    }

    /** The name that the client gave, where it may be used, or a new one. */
    static String of(Optional<String> given) {
        return given.filter(id -> SANE.matcher(id).matches()).orElseGet(() -> "req_" + random());
    }

    private static String random() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
