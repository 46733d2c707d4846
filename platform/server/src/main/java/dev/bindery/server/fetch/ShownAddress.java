package dev.bindery.server.fetch;

import java.net.URI;

/** An address as it may be shown: without what may be secret in it, and not too long. */
final class ShownAddress {
    private static final int LONGEST = 200;

    private ShownAddress() {}

    static String of(URI address) {
        String host = address.getRawAuthority() == null ? "" : address.getRawAuthority();
        String path = address.getRawPath() == null ? "" : address.getRawPath();
        String shown =
                address.getScheme() + "://" + host.substring(host.lastIndexOf('@') + 1) + path;
        return shown.length() <= LONGEST ? shown : shown.substring(0, LONGEST) + "…";
    }
}
