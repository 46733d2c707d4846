package dev.bindery.server.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/** A browser that has logged in. Immutable. */
public final class Session {
    private final String csrfToken;

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

    /** Without its token. */
    @Override
    public String toString() {
        return "Session";
    }
}
