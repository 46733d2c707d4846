package dev.bindery.server.fetch;

import dev.bindery.server.options.FetchRules;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import okhttp3.HttpUrl;

/** Decides where a client may send this server. Stateless, for any thread. */
final class Gatekeeper {
    private static final Set<Integer> WEB = Set.of(80, 443);
    private static final int FIRST_UNRESERVED = 1024;

    private final FetchRules rules;
    private final Resolver resolver;
    private final Predicate<InetAddress> isPublic;

    Gatekeeper(FetchRules rules, Resolver resolver, Predicate<InetAddress> isPublic) {
        this.rules = rules;
        this.resolver = resolver;
        this.isPublic = isPublic;
    }

    /**
     * Resolves a host and looks at what it leads to; one address that is not public is one too
     * many, since any of them may be connected.
     */
    Destination admit(HttpUrl url) throws FetchException {
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            throw new FetchException("it carries a user name or a password");
        }
        boolean allowed = rules.allowedHosts().contains(url.host());
        if (!allowed && !WEB.contains(url.port()) && url.port() < FIRST_UNRESERVED) {
            throw new FetchException("port " + url.port() + " is not one of the web's");
        }
        List<InetAddress> addresses = resolve(url.host());
        if (!allowed && !addresses.stream().allMatch(isPublic)) {
            throw new FetchException(
                    "%s does not lead to a public address; the server's operator may allow it with --allow-fetch %s"
                            .formatted(url.host(), url.host()));
        }
        return new Destination(url, addresses);
    }

    private List<InetAddress> resolve(String host) throws FetchException {
        try {
            return List.of(resolver.resolve(host));
        } catch (UnknownHostException e) {
            throw new FetchException("the name " + host + " leads nowhere", e);
        }
    }
}
