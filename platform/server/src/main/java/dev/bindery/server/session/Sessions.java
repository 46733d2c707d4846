package dev.bindery.server.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The codes by which browsers log in, and their sessions. All of it is in memory and ends with the
 * server; of codes and of what cookies hold, only hashes are kept. Safe for all threads.
 */
public final class Sessions {
    /** How long a code may be used. */
    public static final Duration CODE = Duration.ofMinutes(1);

    /** After how long a session ends in any case. */
    public static final Duration LONGEST = Duration.ofHours(12);

    private static final int MOST_CODES = 16;
    private static final int MOST_SESSIONS = 64;
    private static final int SECRET_BYTES = 32;

    private final LongSupplier nanoTime;
    private final Duration idle;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Long> codes = new LinkedHashMap<>();
    private final Map<String, Kept> sessions = new LinkedHashMap<>();

    private record Kept(Session session, long begun, long used) {}

    /**
     * @param nanoTime the time, as {@link System#nanoTime} tells it
     * @param idle after how long without a request a session ends
     */
    public Sessions(LongSupplier nanoTime, Duration idle) {
        this.nanoTime = nanoTime;
        this.idle = idle;
    }

    /** A new code; the oldest one is forgotten when there are many. */
    public synchronized String code() {
        long now = nanoTime.getAsLong();
        codes.values().removeIf(made -> isOver(made, now));
        String code = secret();
        makeRoom(codes, MOST_CODES);
        codes.put(hash(code), now);
        return code;
    }

    /**
     * Begins a session with a code, which is used up then.
     *
     * @return what the browser's cookie is to hold; empty for a code that is used, too old or none
     */
    public synchronized Optional<String> begin(String code) {
        long now = nanoTime.getAsLong();
        Long made = codes.remove(hash(code));
        if (made == null || isOver(made, now)) {
            return Optional.empty();
        }
        sessions.values().removeIf(kept -> hasEnded(kept, now));
        while (sessions.size() >= MOST_SESSIONS) {
            forget(sessions.keySet().iterator().next());
        }
        String cookie = secret();
        sessions.put(hash(cookie), new Kept(new Session(secret()), now, now));
        return Optional.of(cookie);
    }

    /** The session of a cookie, which goes on by that; empty for one that has ended. */
    public synchronized Optional<Session> find(String cookie) {
        long now = nanoTime.getAsLong();
        String hash = hash(cookie);
        Kept kept = sessions.get(hash);
        if (kept == null || hasEnded(kept, now)) {
            forget(hash);
            return Optional.empty();
        }
        sessions.put(hash, new Kept(kept.session, kept.begun, now));
        return Optional.of(kept.session);
    }

    /** Whether a session has not ended; to ask does not make it go on. */
    public synchronized boolean isOpen(Session session) {
        long now = nanoTime.getAsLong();
        return sessions.values().stream()
                .anyMatch(kept -> kept.session == session && !hasEnded(kept, now));
    }

    /** Ends a session. */
    public synchronized void end(String cookie) {
        forget(hash(cookie));
    }

    private boolean hasEnded(Kept kept, long now) {
        return now - kept.begun >= LONGEST.toNanos() || now - kept.used >= idle.toNanos();
    }

    private void forget(String hash) {
        Kept kept = sessions.remove(hash);
        if (kept != null) {
            kept.session.end();
        }
    }

    private static boolean isOver(long made, long now) {
        return now - made >= CODE.toNanos();
    }

    private static void makeRoom(Map<String, ?> all, int most) {
        Iterator<String> oldest = all.keySet().iterator();
        while (all.size() >= most) {
            oldest.next();
            oldest.remove();
        }
    }

    private String secret() {
        byte[] bytes = new byte[SECRET_BYTES];
        random.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static String hash(String secret) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(secret.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
