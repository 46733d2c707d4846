package dev.bindery.server.options;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.bindery.server.keys.KeyRing;
import dev.bindery.server.tls.ServerCertificate;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** How a server is to be reached, and by whom. Immutable; start with {@link #builder}. */
public final class ServerOptions {
    private final InetAddress address;
    private final int port;
    private final Set<String> allowedHosts;
    private final Set<String> allowedOrigins;
    private final String adminToken;
    private final KeyRing keys;
    private final @Nullable ServerCertificate certificate;
    private final ServerLimits limits;
    private final FetchRules fetch;
    private final Duration grace;

    private ServerOptions(Builder builder) {
        address = builder.address;
        port = builder.port;
        allowedHosts = builder.allowedHosts;
        allowedOrigins = builder.allowedOrigins;
        adminToken = builder.adminToken;
        keys = builder.keys;
        certificate = builder.certificate;
        limits = builder.limits;
        fetch = builder.fetch;
        grace = builder.grace;
    }

    /**
     * @param adminToken what every call of the admin API must show
     */
    public static Builder builder(String adminToken) {
        return new Builder(adminToken);
    }

    /** The address to listen on. */
    public InetAddress address() {
        return address;
    }

    /** The port to listen on; 0 for any that is free. */
    public int port() {
        return port;
    }

    /** Names in {@code Host} beyond loopback and private addresses; {@code *} for all. */
    public Set<String> allowedHosts() {
        return allowedHosts;
    }

    /** Origins beyond the server's own; {@code *} for all. */
    public Set<String> allowedOrigins() {
        return allowedOrigins;
    }

    /** What every call of the admin API must show. */
    public String adminToken() {
        return adminToken;
    }

    /**
     * One of these must be shown to the LLM APIs. On a loopback address no key at all lets
     * everybody in.
     */
    public KeyRing keys() {
        return keys;
    }

    /** What it shows to clients, which speak TLS with it then; absent, all is in clear. */
    public Optional<ServerCertificate> certificate() {
        return Optional.ofNullable(certificate);
    }

    public ServerLimits limits() {
        return limits;
    }

    /** What of the addresses that clients name is fetched for them. */
    public FetchRules fetch() {
        return fetch;
    }

    /** How long running answers may go on when the server stops. */
    public Duration grace() {
        return grace;
    }

    /** Without any secret. */
    @Override
    public String toString() {
        return "ServerOptions[%s:%d, hosts %s, origins %s, %s, %s, grace %s, %s, %s]"
                .formatted(
                        address.getHostAddress(),
                        port,
                        allowedHosts,
                        allowedOrigins,
                        keys,
                        certificate,
                        grace,
                        limits,
                        fetch);
    }

    /** Builds {@link ServerOptions}; not for several threads. */
    public static final class Builder {
        private final String adminToken;
        private InetAddress address = InetAddress.ofLiteral("127.0.0.1");
        private int port = 9600;
        private Set<String> allowedHosts = Set.of();
        private Set<String> allowedOrigins = Set.of();
        private KeyRing keys = KeyRing.of(List.of());
        private @Nullable ServerCertificate certificate;
        private ServerLimits limits = ServerLimits.DEFAULTS;
        private FetchRules fetch = FetchRules.DEFAULTS;
        private Duration grace = Duration.ofSeconds(30);

        private Builder(String adminToken) {
            if (adminToken.isBlank()) {
                throw new IllegalArgumentException("the admin token is empty");
            }
            this.adminToken = adminToken;
        }

        public Builder address(InetAddress address) {
            this.address = Objects.requireNonNull(address, "address");
            return this;
        }

        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /**
         * @throws IllegalArgumentException for what is no name of a host
         */
        public Builder allowedHosts(Set<String> allowedHosts) {
            this.allowedHosts =
                    allowedHosts.stream().map(HostName::of).collect(toUnmodifiableSet());
            return this;
        }

        /**
         * @throws IllegalArgumentException for what is no origin of web pages
         */
        public Builder allowedOrigins(Set<String> allowedOrigins) {
            this.allowedOrigins =
                    allowedOrigins.stream().map(WebOrigin::of).collect(toUnmodifiableSet());
            return this;
        }

        public Builder keys(KeyRing keys) {
            this.keys = Objects.requireNonNull(keys, "keys");
            return this;
        }

        /** Has clients speak TLS. */
        public Builder certificate(ServerCertificate certificate) {
            this.certificate = Objects.requireNonNull(certificate, "certificate");
            return this;
        }

        public Builder limits(ServerLimits limits) {
            this.limits = Objects.requireNonNull(limits, "limits");
            return this;
        }

        public Builder fetch(FetchRules fetch) {
            this.fetch = Objects.requireNonNull(fetch, "fetch");
            return this;
        }

        public Builder grace(Duration grace) {
            this.grace = Objects.requireNonNull(grace, "grace");
            return this;
        }

        /**
         * @throws IllegalArgumentException for an address that others can reach without API keys,
         *     and for a port that is none
         */
        public ServerOptions build() {
            if (port < 0 || port > 65535) {
                throw new IllegalArgumentException("a port is 0 to 65535, not " + port);
            }
            if (!address.isLoopbackAddress() && keys.isEmpty()) {
                throw new IllegalArgumentException(
                        ("%s can be reached from other machines, and there are no API keys. Make"
                                        + " one with 'bindery keys add NAME', or listen on"
                                        + " 127.0.0.1.")
                                .formatted(address.getHostAddress()));
            }
            return new ServerOptions(this);
        }
    }
}
