package dev.bindery.server.options;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What of the addresses that clients name is fetched for them.
 *
 * @param enabled whether any is
 * @param allowedHosts names that may lead to addresses that are not public, in lower case
 * @param addresses the most different ones of one request
 * @param bytes the most of one of them
 * @param totalBytes the most of one request
 * @param redirects how often one may lead elsewhere
 * @param time for all of one request
 */
public record FetchRules(
        boolean enabled,
        Set<String> allowedHosts,
        int addresses,
        long bytes,
        long totalBytes,
        int redirects,
        Duration time) {
    /** Public addresses only; as much as a request may carry by itself. */
    public static final FetchRules DEFAULTS =
            new FetchRules(true, Set.of(), 64, 32L << 20, 64L << 20, 5, Duration.ofSeconds(30));

    public FetchRules {
        allowedHosts =
                allowedHosts.stream().map(HostName::of).collect(Collectors.toUnmodifiableSet());
    }

    /** These rules, under which nothing is fetched. */
    public FetchRules disabled() {
        return new FetchRules(false, allowedHosts, addresses, bytes, totalBytes, redirects, time);
    }

    /** These rules with other hosts that may be private. */
    public FetchRules allowing(Set<String> hosts) {
        return new FetchRules(enabled, hosts, addresses, bytes, totalBytes, redirects, time);
    }

    /** These rules with another time for all of one request. */
    public FetchRules within(Duration longest) {
        return new FetchRules(
                enabled, allowedHosts, addresses, bytes, totalBytes, redirects, longest);
    }

    /** These rules with other sizes, of one address and of one request. */
    public FetchRules upTo(long most, long mostInTotal) {
        return new FetchRules(enabled, allowedHosts, addresses, most, mostInTotal, redirects, time);
    }
}
