package dev.bindery.server.tls;

import java.security.cert.X509Certificate;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.Date;
import java.util.List;
import java.util.Optional;

/** From when to when certificates are valid. */
final class CertificateDates {
    private CertificateDates() {}

    /** When the first of them expires. */
    static Instant expires(List<X509Certificate> chain) {
        return chain.stream()
                .map(X509Certificate::getNotAfter)
                .min(Comparator.naturalOrder())
                .map(Date::toInstant)
                .orElseThrow();
    }

    /** What clients will say against its dates; empty where that is nothing. */
    static Optional<String> objection(List<X509Certificate> chain, Instant now) {
        Instant expires = expires(chain);
        if (!now.isBefore(expires)) {
            return Optional.of("it expired on " + day(expires));
        }
        return chain.stream()
                .map(X509Certificate::getNotBefore)
                .map(Date::toInstant)
                .filter(now::isBefore)
                .findFirst()
                .map(from -> "it is not valid before " + from);
    }

    static String sentence(List<X509Certificate> chain, Instant now) {
        return objection(chain, now).orElseGet(() -> "it expires on " + day(expires(chain)));
    }

    static String day(Instant time) {
        return time.atZone(ZoneOffset.UTC).toLocalDate().toString();
    }
}
