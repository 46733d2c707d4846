package dev.bindery.binding.bedrock;

import dev.bindery.api.BindingException;
import dev.bindery.api.ErrorCode;
import dev.bindery.http.Json;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.identity.spi.AwsCredentialsIdentity;
import tools.jackson.databind.JsonNode;

/**
 * Credentials that are lent for a time: fetched when they are first needed, and again before that
 * time ends. While the old ones hold, nobody waits for new ones but who fetches them, and a failure
 * to fetch them harms nobody. Free for all threads.
 */
final class Renewed implements Credentials {
    private static final Duration EARLY = Duration.ofMinutes(5);
    private static final Duration BETWEEN_FAILURES = Duration.ofSeconds(30);

    private final Supplier<Lent> source;
    private final Clock clock;
    private final ReentrantLock fetching = new ReentrantLock();
    private volatile @Nullable Lent lent;
    private volatile Instant notBefore = Instant.MIN;

    /**
     * @param source asks for them; may take a while
     */
    Renewed(Supplier<Lent> source, Clock clock) {
        this.source = source;
        this.clock = clock;
    }

    /**
     * @param until from when on they are refused
     */
    record Lent(AwsCredentialsIdentity identity, Instant until) {
        /**
         * As containers and machines are told them.
         *
         * @param place where that was said, for a complaint
         */
        static Lent of(String json, String place) {
            JsonNode said = Json.parse(json);
            String id = Json.text(said, "AccessKeyId");
            String key = Json.text(said, "SecretAccessKey");
            if (id.isEmpty() || key.isEmpty()) {
                throw new BindingException(
                        ErrorCode.UPSTREAM_ERROR,
                        "%s answered without an AccessKeyId and a SecretAccessKey"
                                .formatted(place));
            }
            AwsCredentialsIdentity identity =
                    Credentials.of(id, key, Json.text(said, "Token")).identity();
            return new Lent(identity, until(Json.text(said, "Expiration"), place));
        }

        private static Instant until(String text, String place) {
            try {
                return text.isEmpty() ? Instant.MAX : Instant.parse(text);
            } catch (DateTimeException e) {
                throw new BindingException(
                        ErrorCode.UPSTREAM_ERROR,
                        "%s answered with an Expiration that is no time: %s".formatted(place, text),
                        e);
            }
        }

        /** No secrets. */
        @Override
        public String toString() {
            return "Lent[until " + until + "]";
        }
    }

    @Override
    public AwsCredentialsIdentity identity() {
        Lent now = lent;
        Instant time = clock.instant();
        if (now == null || !time.isBefore(now.until())) {
            return fetchOrWait();
        }
        boolean due = !time.isBefore(now.until().minus(EARLY)) && !time.isBefore(notBefore);
        return due && fetching.tryLock() ? renewal(now) : now.identity();
    }

    /** There are none that hold. */
    private AwsCredentialsIdentity fetchOrWait() {
        fetching.lock();
        try {
            Lent meanwhile = lent;
            return meanwhile != null && clock.instant().isBefore(meanwhile.until())
                    ? meanwhile.identity()
                    : fetched();
        } finally {
            fetching.unlock();
        }
    }

    private AwsCredentialsIdentity renewal(Lent old) {
        try {
            return fetched();
        } catch (BindingException _) {
            notBefore = clock.instant().plus(BETWEEN_FAILURES);
            return old.identity();
        } finally {
            fetching.unlock();
        }
    }

    private AwsCredentialsIdentity fetched() {
        Lent fresh = source.get();
        lent = fresh;
        return fresh.identity();
    }
}
