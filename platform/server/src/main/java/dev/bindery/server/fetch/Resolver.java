package dev.bindery.server.fetch;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Turns a host's name, or its address as text, into addresses. For any thread; may take long. */
@FunctionalInterface
interface Resolver {
    InetAddress[] resolve(String host) throws UnknownHostException;
}
