package dev.bindery.host.packages;

import java.net.URI;
import java.util.regex.Pattern;

/** Addresses as messages may show them: without credentials and without a query. */
final class Addresses {
    private static final Pattern CREDENTIALS = Pattern.compile("(?<=://)[^/@\\s]+@");
    private static final Pattern QUERY = Pattern.compile("\\?\\S*");

    private Addresses() {}

    static String shown(URI address) {
        return QUERY.matcher(masked(address.toString())).replaceFirst("");
    }

    /** The text with the credentials of every address in it left out. */
    static String masked(String text) {
        return CREDENTIALS.matcher(text).replaceAll("");
    }
}
