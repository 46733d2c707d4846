package dev.bindery.server.http;

import dev.bindery.server.options.HostName;
import java.net.InetAddress;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Which names the server answers to. A page of somebody else's site can make a browser believe that
 * its own name has this machine's address (DNS rebinding); it cannot make it send another name.
 */
final class Hosts {
    private static final Pattern LITERAL = Pattern.compile("\\d+\\.\\d+\\.\\d+\\.\\d+|.*:.*");

    private final Set<String> allowed;

    Hosts(Set<String> allowed) {
        this.allowed = allowed;
    }

    void check(String authority) {
        String host = HostName.ofAuthority(authority);
        if (!isAllowed(host)) {
            throw Refusal.forbidden(
                    ("the host name %s is not one of this server's; use a loopback or private"
                                    + " address, or start the server with --allow-host %s")
                            .formatted(host, host));
        }
    }

    private boolean isAllowed(String host) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || allowed.contains(host)
                || allowed.contains(HostName.ANY)
                || isPrivate(host);
    }

    private static boolean isPrivate(String host) {
        if (!LITERAL.matcher(host).matches()) {
            return false;
        }
        try {
            InetAddress address = InetAddress.ofLiteral(host);
            return address.isLoopbackAddress()
                    || address.isSiteLocalAddress()
                    || address.isLinkLocalAddress()
                    || isUniqueLocal(address);
        } catch (IllegalArgumentException _) {
            return false;
        }
    }

    private static boolean isUniqueLocal(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == 16 && (bytes[0] & 0xfe) == 0xfc;
    }
}
