package dev.bindery.server.options;

import java.util.Locale;

/** Names of hosts, written as one whichever way people and clients write them. */
public final class HostName {
    /** Stands for every name. */
    public static final String ANY = "*";

    private HostName() {}

    /**
     * A name as operators write it: in lower case, without a port and without the dot of a name
     * that is meant to be whole.
     *
     * @throws IllegalArgumentException for what is no name; the message can be shown as it is
     */
    public static String of(String written) {
        String text = written.strip();
        if (text.isEmpty() || text.contains("/") || text.contains(" ")) {
            throw new IllegalArgumentException(
                    "'%s' is no name of a host; one looks like bindery.example.org, with no scheme and no path"
                            .formatted(written));
        }
        return ofAuthority(text);
    }

    /** The name in what clients send: {@code Name:9600}, {@code [::1]:9600}. */
    public static String ofAuthority(String authority) {
        String host = authority.toLowerCase(Locale.ROOT);
        if (host.startsWith("[")) {
            int end = host.indexOf(']');
            return end < 0 ? host : host.substring(1, end);
        }
        int colon = host.lastIndexOf(':');
        boolean literal = host.indexOf(':') != colon;
        String name = colon < 0 || literal ? host : host.substring(0, colon);
        return name.length() > 1 && name.endsWith(".")
                ? name.substring(0, name.length() - 1)
                : name;
    }
}
