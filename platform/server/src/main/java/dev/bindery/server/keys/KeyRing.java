package dev.bindery.server.keys;

import dev.bindery.server.files.FileState;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that a server accepts: those given at its start, and those of a file, which may change
 * while it runs; a change is seen within a second. A file that becomes unreadable leaves the keys
 * as they were. Safe for all threads.
 */
public final class KeyRing {
    private static final long LOOK_AGAIN = Duration.ofSeconds(1).toNanos();
    private static final int SECRET_BYTES = 32;

    private final List<ApiKey> given;
    private final @Nullable KeyFile file;
    private final LongSupplier nanoTime;
    private volatile Read read;

    /** What the file held when it was looked at. */
    private record Read(List<ApiKey> keys, FileState state, long at) {}

    KeyRing(List<ApiKey> given, @Nullable KeyFile file, LongSupplier nanoTime) throws IOException {
        this.given = List.copyOf(given);
        this.file = file;
        this.nanoTime = nanoTime;
        this.read = read(file, nanoTime.getAsLong());
    }

    /** Keys that stay as they are. */
    public static KeyRing of(List<ApiKey> given) {
        try {
            return new KeyRing(given, null, System::nanoTime);
        } catch (IOException e) {
            throw new IllegalStateException("without a file nothing is read", e);
        }
    }

    /**
     * @param given keys beside those of the file; theirs is the name where both have it
     * @throws IOException when the file holds something else; the message can be shown as it is
     */
    public static KeyRing of(List<ApiKey> given, KeyFile file) throws IOException {
        return new KeyRing(given, file, System::nanoTime);
    }

    /** Whether there is no key at all. */
    public boolean isEmpty() {
        return given.isEmpty() && fromFile().isEmpty();
    }

    /** Those given at the start; they cannot be revoked. */
    public List<ApiKey> given() {
        return given;
    }

    /** Those of the file. */
    public List<ApiKey> kept() {
        return fromFile();
    }

    /** The key that a client shows, compared in a time that tells nothing. */
    public Optional<ApiKey> find(String shown) {
        String hash = ApiKey.hash(shown);
        ApiKey found = null;
        for (ApiKey key : fromFile()) {
            found = key.isHashedAs(hash) ? key : found;
        }
        for (ApiKey key : given) {
            found = key.isHashedAs(hash) ? key : found;
        }
        return Optional.ofNullable(found);
    }

    /**
     * Makes a key and keeps its hash.
     *
     * @param models which models it may use; none for all of them
     * @return what clients send; it is not shown again
     * @throws IllegalArgumentException for a name that is taken or none
     */
    public String add(String name, List<String> models) throws IOException {
        if (given.stream().anyMatch(key -> key.name().equals(name))) {
            throw taken(name);
        }
        String secret = add(file(), name, models, Clock.systemUTC().instant());
        lookAgain();
        return secret;
    }

    /** Does so in that file, whether or not a server uses it. */
    public static String add(KeyFile file, String name, List<String> models, Instant now)
            throws IOException {
        String secret = newSecret();
        ApiKey added = ApiKey.of(name, secret, models, now.truncatedTo(ChronoUnit.SECONDS));
        return file.change(keys -> {
            if (keys.stream().anyMatch(key -> key.name().equals(name))) {
                throw taken(name);
            }
            keys.add(added);
            return secret;
        });
    }

    /**
     * Forgets a key of the file; whoever shows it is refused from now on.
     *
     * @return whether there was one of that name
     */
    public boolean revoke(String name) throws IOException {
        boolean revoked = revoke(file(), name);
        lookAgain();
        return revoked;
    }

    /** Does so in that file, whether or not a server uses it. */
    public static boolean revoke(KeyFile file, String name) throws IOException {
        return file.change(keys -> keys.removeIf(key -> key.name().equals(name)));
    }

    private KeyFile file() {
        if (file == null) {
            throw new IllegalArgumentException("this server keeps no file of API keys");
        }
        return file;
    }

    private List<ApiKey> fromFile() {
        Read last = read;
        if (file != null && nanoTime.getAsLong() - last.at >= LOOK_AGAIN) {
            lookAgain();
        }
        return read.keys;
    }

    private synchronized void lookAgain() {
        long now = nanoTime.getAsLong();
        Read last = read;
        try {
            boolean same = file == null || file.state().equals(last.state);
            read = same ? new Read(last.keys, last.state, now) : read(file, now);
        } catch (IOException e) {
            read = new Read(last.keys, last.state, now);
            log().warn("The API keys stay as they were: {}", e.getMessage());
        }
    }

    /** Asked for late: keys are read before it is settled where to log. */
    private static Logger log() {
        return LoggerFactory.getLogger(KeyRing.class);
    }

    private static Read read(@Nullable KeyFile file, long now) throws IOException {
        if (file == null) {
            return new Read(List.of(), FileState.ABSENT, now);
        }
        FileState state = file.state();
        return new Read(new ArrayList<>(file.read()), state, now);
    }

    private static IllegalArgumentException taken(String name) {
        return new IllegalArgumentException(
                "there is an API key named %s already; revoke it first, or choose another name"
                        .formatted(name));
    }

    private static String newSecret() {
        byte[] bytes = new byte[SECRET_BYTES];
        new SecureRandom().nextBytes(bytes);
        return "bindery-" + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The names only. */
    @Override
    public String toString() {
        return "KeyRing" + given + fromFile();
    }
}
