package dev.bindery.server.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A browser that has logged in. Safe for all threads. */
public final class Session {
    private final String csrfToken;
    private final Set<Runnable> ends = ConcurrentHashMap.newKeySet();
    private volatile boolean ended;

    Session(String csrfToken) {
        this.csrfToken = csrfToken;
    }

    /** What the server's own pages show with every change; those of others cannot know it. */
    public String csrfToken() {
        return csrfToken;
    }

    /** Whether that is its token, compared in a time that tells nothing. */
    public boolean isShown(String token) {
        return MessageDigest.isEqual(
                csrfToken.getBytes(StandardCharsets.UTF_8), token.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Runs an action once the session is ended by somebody; at once where it is already. That it
     * was not used for too long ends it in silence: see {@link Sessions#isOpen}.
     */
    public Registration whenEnded(Runnable action) {
        ends.add(action);
        if (ended) {
            action.run();
        }
        return () -> ends.remove(action);
    }

    /** Ends with its close. */
    @FunctionalInterface
    public interface Registration extends AutoCloseable {
        @Override
        void close();
    }

    void end() {
        ended = true;
        ends.forEach(Runnable::run);
    }

    /** Without its token. */
    @Override
    public String toString() {
        return "Session";
    }
}
