package dev.bindery.server.fetch;

import java.net.InetAddress;
import java.util.List;
import okhttp3.HttpUrl;

/**
 * A place that was looked at and may be connected.
 *
 * @param url where to
 * @param addresses what its host has been resolved to, once; no other may be connected
 */
record Destination(HttpUrl url, List<InetAddress> addresses) {}
