package dev.bindery.host.instance;

import dev.bindery.api.JsonString;
import dev.bindery.api.JsonValue;
import java.net.URI;
import java.util.Locale;

/**
 * Whom an address leads to: scheme, host and port. What is no address stands for itself, so that
 * two of them are the same only when they are equal.
 */
final class Origin {
    private Origin() {}

    /** The origin; empty where there is no value. Names no user of the address. */
    static String of(JsonValue value) {
        if (!(value instanceof JsonString text) || text.value().isBlank()) {
            return "";
        }
        try {
            return of(URI.create(text.value().trim()));
        } catch (IllegalArgumentException e) {
            return text.value();
        }
    }

    private static String of(URI address) {
        String authority = address.getRawAuthority();
        if (address.getScheme() == null || authority == null) {
            return address.toString();
        }
        String scheme = address.getScheme().toLowerCase(Locale.ROOT);
        String host = authority.substring(authority.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
        return scheme + "://" + withoutUsualPort(scheme, host);
    }

    private static String withoutUsualPort(String scheme, String host) {
        return switch (scheme) {
            case "https" -> host.replaceFirst(":(443)?$", "");
            case "http" -> host.replaceFirst(":(80)?$", "");
            default -> host;
        };
    }

    /** Whether the value is an address with a host. */
    static boolean isAddress(JsonValue value) {
        return value instanceof JsonString text && text.value().contains("://");
    }
}
