package dev.bindery.server.port;

import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** An address to listen on. */
public final class Port {
    private Port() {}

    /**
     * Looks whether nobody listens there, for a moment.
     *
     * @throws IOException when somebody does, or it is not this machine's; the message says which
     *     address, why not, and by whom where the system tells
     */
    public static void checkFree(InetSocketAddress address) throws IOException {
        try (ServerSocket probe = new ServerSocket()) {
            probe.setReuseAddress(true);
            probe.bind(address);
        } catch (BindException e) {
            String holder =
                    PortHolder.of(address).map(program -> "; it is held by " + program).orElse("");
            throw new IOException(
                    "cannot listen on %s: %s%s".formatted(name(address), e.getMessage(), holder),
                    e);
        }
    }

    private static String name(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }
}
